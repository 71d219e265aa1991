/**
 * The port: what any container engine must offer to be watched.
 *
 * <p>Belongs here: blocking calls in terms of the model, and exceptions sorted by what to do next. Does not belong here:
 * anything of one engine, its protocol or its versions (engine.podman), retries and threads (host, watch).
 */
@NullMarked
package io.github.sealwatcher.engine;

import org.jspecify.annotations.NullMarked;
