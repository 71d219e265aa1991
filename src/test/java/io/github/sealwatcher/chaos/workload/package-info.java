/**
 * What containers and pods do during a run.
 *
 * <p>Belongs here: commands that create, start, stop and remove them, at random or at a rate. Uses the world only.
 */
package io.github.sealwatcher.chaos.workload;
