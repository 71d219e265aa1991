/** A scripted fake Podman, and what the engine makes of every fault that a real one can have. */
package io.github.sealwatcher.fault;
