/** One host live: the threads, the clock and the I/O around the pure core. */
@NullMarked
package io.github.sealwatcher.host;

import org.jspecify.annotations.NullMarked;
