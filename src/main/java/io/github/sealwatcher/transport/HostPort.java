package io.github.sealwatcher.transport;

/** What addresses with a host and a port share. */
final class HostPort {

    private static final int MAX_PORT = 65535;

    private HostPort() {}

    /** @throws IllegalArgumentException if the host is empty or the port out of range */
    static void check(String host, int port) {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("a host can't be empty");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("a port must be 1 to " + MAX_PORT + ", found " + port);
        }
    }

    /** As in a URI. */
    static String authority(String host, int port) {
        return host(host) + ":" + port;
    }

    /** As in a URI: an IPv6 address in brackets. */
    static String host(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }
}
