package io.github.sealwatcher.transport;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where an engine's API is to be found. Holds no secret: what a connection needs beyond the address (keys, passwords)
 * belongs to the {@link Dialer}, so an address may be logged and stored.
 */
public sealed interface Address {

    /** Which kind of address: one for each permitted type. */
    enum Kind {
        UNIX,
        TCP,
        TLS,
        SSH
    }

    /** Which kind of address. */
    Kind kind();

    /** The address as a URI that {@link AddressParser#parse} reads back. */
    String uri();

    /**
     * A Unix socket of this machine.
     *
     * @param path absolute
     */
    record Unix(Path path) implements Address {

        /** Room for a path in Linux's {@code sockaddr_un}, less the closing zero. */
        static final int MAX_PATH_BYTES = 107;

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
            return "unix://" + AddressEncoding.encodePath(path.toString());
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

        /** @throws IllegalArgumentException if the host is empty or the port out of range */
        public Tcp {
            HostPort.check(host, port);
        }

        @Override
        public Kind kind() {
            return Kind.TCP;
        }

        @Override
        public String uri() {
            return "tcp://" + HostPort.authority(host, port);
        }

        @Override
        public String toString() {
            return uri();
        }
    }

    /**
     * A TCP port behind TLS.
     *
     * @param scheme how it is written: {@value #TCP_TLS} or {@value #HTTPS}, which mean the same
     * @param host a name or an IP address, an IPv6 address without brackets; the certificate must be made out to it
     * @param port 1 to 65535
     */
    record Tls(String scheme, String host, int port) implements Address {

        public static final String TCP_TLS = "tcp+tls";
        public static final String HTTPS = "https";

        /** @throws IllegalArgumentException if the scheme is another, the host is empty or the port out of range */
        public Tls {
            if (!scheme.equals(TCP_TLS) && !scheme.equals(HTTPS)) {
                throw new IllegalArgumentException("expected " + TCP_TLS + " or " + HTTPS + ", found " + scheme);
            }
            HostPort.check(host, port);
        }

        @Override
        public Kind kind() {
            return Kind.TLS;
        }

        @Override
        public String uri() {
            return scheme + "://" + HostPort.authority(host, port);
        }

        @Override
        public String toString() {
            return uri();
        }
    }

    /**
     * A Unix socket of a machine that ssh leads to.
     *
     * @param user who to log in as; null for the user of this process
     * @param host a name or an IP address, an IPv6 address without brackets
     * @param port 1 to 65535
     * @param path the socket there, absolute; null to ask the Podman there for its own
     */
    record Ssh(
            @Nullable String user,
            String host,
            int port,
            @Nullable String path) implements Address {

        public static final int DEFAULT_PORT = 22;

        /** @throws IllegalArgumentException if the host is empty, the port out of range or the path not absolute */
        public Ssh {
            HostPort.check(host, port);
            if (path != null && (path.length() < 2 || path.charAt(0) != '/' || path.indexOf('\n') >= 0)) {
                throw new IllegalArgumentException("a remote socket's path must be absolute, found \"" + path + "\"");
            }
        }

        @Override
        public Kind kind() {
            return Kind.SSH;
        }

        @Override
        public String uri() {
            return "ssh://" + (user == null ? "" : AddressEncoding.encodeUser(user) + "@")
                    + (port == DEFAULT_PORT ? HostPort.host(host) : HostPort.authority(host, port))
                    + (path == null ? "" : AddressEncoding.encodePath(path));
        }

        @Override
        public String toString() {
            return uri();
        }
    }
}
