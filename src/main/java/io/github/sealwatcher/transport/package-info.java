/**
 * Opens a socket to a container engine: Unix, TCP, TLS or SSH.
 *
 * <p>Belongs here: addresses, host keys, certificates, time limits of sockets. Does not belong here: HTTP and anything of Podman
 * (engine.podman). The only package that uses junixsocket and an SSH library.
 */
@NullMarked
package io.github.sealwatcher.transport;

import org.jspecify.annotations.NullMarked;
