/**
 * What the connector runs in: a real Podman, broker and worker, their clocks, the commands given to them, and the journal of
 * all that was done.
 *
 * <p>Belongs here: what both the judge and the faults need. Uses none of the other chaos packages.
 */
package io.github.sealwatcher.chaos.world;
