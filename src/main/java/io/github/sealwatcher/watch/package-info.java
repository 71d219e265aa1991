/** The pure core: the state machine that follows one host, without I/O, threads or a clock of its own. */
@NullMarked
package io.github.sealwatcher.watch;

import org.jspecify.annotations.NullMarked;
