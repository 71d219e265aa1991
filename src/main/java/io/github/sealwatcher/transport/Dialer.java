package io.github.sealwatcher.transport;

import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Opens connections to engines. Whatever the kind of address, the sockets behave alike: {@link Socket#setSoTimeout} limits
 * each read and leaves the connection usable, and {@link Socket#close} from another thread ends a blocked read at once.
 * Thread-safe.
 */
@FunctionalInterface
public interface Dialer {

    /**
     * Connects.
     *
     * @param timeout after which it is given up; more than zero
     * @param opening is given each socket before it is connected, so that another thread can end the attempt by closing
     *     it; a socket that is closed within the call isn't connected at all
     * @return the connected socket, the last one that {@code opening} was given; the caller's to close. With TLS 1.3 the
     *     other side can refuse our certificate only after that; the first read throws a {@link DialException} then
     * @throws DialException if no connection came about; nothing is left open then
     */
    Socket dial(Address address, Duration timeout, Consumer<Socket> opening) throws DialException;
}
