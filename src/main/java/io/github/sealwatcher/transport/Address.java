package io.github.sealwatcher.transport;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Where an engine's API is to be found. Holds no secret: what a connection needs beyond the address (keys, passwords)
 * belongs to the {@link Dialer}, so an address may be logged and stored.
 */
public sealed interface Address {

    /** Which kind of address: one for each permitted type. */
    enum Kind {
        UNIX,
        TCP
    }

    /** Which kind of address. */
    Kind kind();

    /** The address as a URI that {@link #parse} reads back. */
    String uri();

    /**
     * Reads {@code unix:///path} or {@code tcp://host:port}.
     *
     * @throws IllegalArgumentException saying what was expected and what was found, without the text's user info and query
     */
    static Address parse(String uri) {
        return AddressParser.parse(uri);
    }

    /**
     * A Unix socket of this machine.
     *
     * @param path absolute
     */
    record Unix(Path path) implements Address {

        /** Room for a path in Linux's {@code sockaddr_un}, less the closing zero. */
        private static final int MAX_PATH_BYTES = 107;

        /** @throws IllegalArgumentException if no socket can have that path */
        public Unix {
            if (!path.isAbsolute()) {
                throw new IllegalArgumentException("a Unix socket's path must be absolute, found \"" + path + "\"");
            }
            int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_PATH_BYTES) {
                throw new IllegalArgumentException("a Unix socket's path has at most " + MAX_PATH_BYTES
                        + " bytes, found " + bytes + " in \"" + path + "\"");
            }
        }

        @Override
        public Kind kind() {
            return Kind.UNIX;
        }

        @Override
        public String uri() {
            return "unix://" + AddressParser.encodePath(path.toString());
        }

        @Override
        public String toString() {
            return uri();
        }
    }

    /**
     * A TCP port without encryption or authentication.
     *
     * @param host a name or an IP address, an IPv6 address without brackets
     * @param port 1 to 65535
     */
    record Tcp(String host, int port) implements Address {

        private static final int MAX_PORT = 65535;

        /** @throws IllegalArgumentException if the host is empty or the port out of range */
        public Tcp {
            if (host.isEmpty()) {
                throw new IllegalArgumentException("a host can't be empty");
            }
            if (port < 1 || port > MAX_PORT) {
                throw new IllegalArgumentException("a port must be 1 to " + MAX_PORT + ", found " + port);
            }
        }

        @Override
        public Kind kind() {
            return Kind.TCP;
        }

        @Override
        public String uri() {
            return "tcp://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }

        @Override
        public String toString() {
            return uri();
        }
    }
}
