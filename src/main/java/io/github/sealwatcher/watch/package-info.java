/**
 * The pure core: the transitions of the state machine that follows one host, its inputs and its outputs, without I/O,
 * threads or a clock of its own. {@code Watch} is the door. The state lies in {@code watch.state}, what survives a restart
 * in {@code watch.checkpoint}.
 */
@NullMarked
package io.github.sealwatcher.watch;

import org.jspecify.annotations.NullMarked;
