/**
 * What survives a restart: how far the event log was read, what is alive, and what was reported without an event. Immutable
 * values; {@code connect.offset} stores them. How the state of the present connection looks belongs into
 * {@code watch.state}, what changes either into {@code watch}.
 */
@NullMarked
package io.github.sealwatcher.watch.checkpoint;

import org.jspecify.annotations.NullMarked;
