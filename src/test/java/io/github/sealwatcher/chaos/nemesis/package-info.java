/**
 * What goes wrong during a run, on purpose.
 *
 * <p>Belongs here: inflicting and curing faults. What it inflicts it reports to the journal; the checker reads it from there.
 */
package io.github.sealwatcher.chaos.nemesis;
