package io.github.sealwatcher.transport;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses an address, with an error that names what is wrong. */
public final class AddressParser {

    private static final String EXPECTED = "expected unix:///path, tcp://host:port,"
            + " tcp+tls://host:port, https://host:port or ssh://[user@]host[:port]/path/to.sock";
    private static final Pattern USER_INFO = Pattern.compile("//.*@", Pattern.DOTALL);
    /** What stands where a port should: with the @ behind it in another part of a list, it is a password. */
    private static final Pattern NO_PORT = Pattern.compile("//([^/:\\[@]*):(?!\\d*([/?#]|$)).*", Pattern.DOTALL);

    private static final Pattern QUERY = Pattern.compile("[?#].*", Pattern.DOTALL);
    /** Docker's and Podman's networks give names with underscores, which java.net.URI takes for no host. */
    private static final Pattern AUTHORITY = Pattern.compile(
            "(?:(?<user>[^@]*)@)?(?:\\[(?<six>[0-9A-Fa-f:.]+(?:%[A-Za-z0-9_.~%-]+)?)]|(?<host>[A-Za-z0-9_.-]+))"
                    + "(?::(?<port>\\d{0,9}))?");

    private static final int MAX_PORT = 65535;

    private final String text;
    private final URI uri;

    private AddressParser(String text, URI uri) {
        this.text = text;
        this.uri = uri;
    }

    /**
     * Reads {@code unix:///path}, {@code tcp://host:port}, {@code tcp+tls://host:port}, {@code https://host:port} or
     * {@code ssh://[user@]host[:port][/path]}.
     *
     * @throws IllegalArgumentException with what was expected and what was found, without the text's user info and query
     */
    public static Address parse(String text) {
        try {
            return new AddressParser(text, new URI(text)).address();
        } catch (URISyntaxException e) {
            // The cause would quote the whole text, and with it a password.
            throw refused(text, "which isn't a URI: " + e.getReason());
        }
    }

    private Address address() {
        String scheme = uri.getScheme();
        if (scheme == null) {
            throw refused("which has no scheme");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw refused("which has a query or a fragment");
        }
        String lower = scheme.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "unix" -> unix();
            case "tcp" -> {
                Authority at = portAlone("tcp has no authentication");
                yield new Address.Tcp(at.host(), at.port());
            }
            case Address.Tls.TCP_TLS, Address.Tls.HTTPS -> {
                Authority at = portAlone("with TLS a certificate identifies the client");
                yield new Address.Tls(lower, at.host(), at.port());
            }
            case "ssh" -> ssh();
            default -> throw refused("whose scheme isn't supported");
        };
    }

    /** @param port negative if there is none */
    private record Authority(@Nullable String user, String host, int port) {}

    private Address unix() {
        String path = uri.getPath();
        if (uri.getRawAuthority() != null || path == null || !path.startsWith("/") || path.length() == 1) {
            throw refused("which has no absolute path after unix://");
        }
        checkPath(path);
        int bytes = path.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > Address.Unix.MAX_PATH_BYTES) {
            throw refused("whose path has " + bytes + " bytes, and a Unix socket's has at most "
                    + Address.Unix.MAX_PATH_BYTES);
        }
        try {
            Path socket = Path.of(path);
            if (socket.getNameCount() == 0) {
                throw refused("which has no path but the root");
            }
            return new Address.Unix(socket);
        } catch (InvalidPathException e) {
            throw refused("which isn't a path: " + e.getReason());
        }
    }

    private Address ssh() {
        Authority at = authority();
        String user = at.user();
        if (user != null && user.indexOf(':') >= 0) {
            throw refused("which has a password; use a key (ssh.identity)");
        }
        if (user != null) {
            checkPath(user);
        }
        String path = uri.getPath();
        boolean none = path == null || path.isEmpty() || path.equals("/");
        if (!none) {
            checkPath(path);
        }
        int port = at.port() < 0 ? Address.Ssh.DEFAULT_PORT : at.port();
        return new Address.Ssh(user == null || user.isEmpty() ? null : user, at.host(), port, none ? null : path);
    }

    /** What can't be written again as it was read can't be what is meant. */
    private void checkPath(String decoded) {
        for (int i = 0; i < decoded.length(); i++) {
            char c = decoded.charAt(i);
            if (Character.isISOControl(c)) {
                throw refused("which has a control character");
            }
            if (c == '\uFFFD') {
                throw refused("which has bytes that aren't UTF-8");
            }
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(decoded)) {
            throw refused("which has half a character");
        }
    }

    private Authority portAlone(String whyNoUser) {
        Authority at = authority();
        if (at.user() != null) {
            throw refused("which names a user, and " + whyNoUser);
        }
        if (at.port() < 0) {
            throw refused("which has no port");
        }
        String path = uri.getRawPath();
        if (path != null && !path.isEmpty() && !path.equals("/")) {
            throw refused("which has a path");
        }
        return at;
    }

    private Authority authority() {
        String authority = uri.getRawAuthority();
        if (authority == null) {
            throw refused("which has no host");
        }
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            String host = authority.substring(authority.lastIndexOf('@') + 1);
            throw refused(
                    host.isEmpty() || host.startsWith(":")
                            ? "which has no host"
                            : "whose host or port can't be one: a host is a name of A-Z a-z 0-9 . _ -, an IPv4 address or"
                                    + " an IPv6 address in brackets");
        }
        String port = parts.group("port");
        boolean none = port == null || port.isEmpty();
        int number = none ? -1 : Integer.parseInt(port);
        if (!none && (number < 1 || number > MAX_PORT)) {
            throw refused("whose port isn't 1 to " + MAX_PORT);
        }
        String six = parts.group("six");
        String user = parts.group("user");
        return new Authority(user == null ? null : decoded(user), six == null ? parts.group("host") : six, number);
    }

    /** java.net.URI gives no user where it finds no host. */
    private static String decoded(String user) {
        String decoded = URI.create("x://" + user + "@h").getUserInfo();
        return decoded == null ? "" : decoded;
    }

    private AddressException refused(String why) {
        return refused(text, why);
    }

    private static AddressException refused(String text, String why) {
        String shown = USER_INFO.matcher(text).replaceFirst("//");
        shown = NO_PORT.matcher(shown).replaceFirst("//$1:...");
        shown = QUERY.matcher(shown).replaceFirst("");
        return new AddressException(EXPECTED, shown, why);
    }
}
