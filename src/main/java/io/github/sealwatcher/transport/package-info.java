/** Dials a socket to a container engine: Unix, TCP, TLS or SSH. */
@NullMarked
package io.github.sealwatcher.transport;

import org.jspecify.annotations.NullMarked;
