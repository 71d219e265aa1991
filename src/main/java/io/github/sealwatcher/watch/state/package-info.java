/**
 * The immutable state of one host and the values it is made of: the connection, the phase of the resync, the queue, what
 * is remembered of lists, the host's clock. A method here answers a question or gives a changed copy; what decides, or has
 * an output, belongs into {@code watch}, and what survives a restart into {@code watch.checkpoint}.
 */
@NullMarked
package io.github.sealwatcher.watch.state;

import org.jspecify.annotations.NullMarked;
