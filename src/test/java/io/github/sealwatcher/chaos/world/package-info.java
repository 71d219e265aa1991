/** What the connector is run in: a real Podman, broker and worker, their clocks, the commands given to them, and the journal of what was done. */
package io.github.sealwatcher.chaos.world;
