package io.github.sealwatcher.transport;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads an address and says what is wrong with one that can't be read. */
final class AddressParser {

    private static final String EXPECTED = "expected unix:///path, tcp://host:port,"
            + " tcp+tls://host:port, https://host:port or ssh://[user@]host[:port]/path/to.sock, found ";
    private static final Pattern USER_INFO = Pattern.compile("//[^/]*@");
    private static final Pattern QUERY = Pattern.compile("[?#].*");

    private AddressParser() {}

    static Address parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            // The cause would quote the whole text, and with it a password.
            throw refused(text, "which isn't a URI: " + e.getReason());
        }
        String scheme = uri.getScheme();
        if (scheme == null) {
            throw refused(text, "which has no scheme");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw refused(text, "which has a query or a fragment");
        }
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "unix" -> unix(text, uri);
            case "tcp" -> {
                checkPort(text, uri, "tcp has no authentication");
                yield new Address.Tcp(bareHost(uri), uri.getPort());
            }
            case Address.Tls.TCP_TLS, Address.Tls.HTTPS -> {
                checkPort(text, uri, "with TLS a certificate says who we are");
                yield new Address.Tls(scheme.toLowerCase(Locale.ROOT), bareHost(uri), uri.getPort());
            }
            case "ssh" -> ssh(text, uri);
            default -> throw refused(text, "whose scheme isn't supported");
        };
    }

    /** The URI form of a path: only what a URI can't hold is escaped. */
    static String encodePath(String path) {
        try {
            return new URI(null, null, path, null).getRawPath();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a path: " + path, e);
        }
    }

    /** The URI form of a user's name. */
    static String encodeUser(String user) {
        // Encoded as a path's part, in which an @ may stand as it is.
        return encodePath("/" + user).substring(1).replace("@", "%40").replace("/", "%2F");
    }

    private static Address unix(String text, URI uri) {
        String path = uri.getPath();
        if (uri.getRawAuthority() != null || path == null || !path.startsWith("/") || path.length() == 1) {
            throw refused(text, "which has no absolute path after unix://");
        }
        try {
            return new Address.Unix(Path.of(path));
        } catch (InvalidPathException e) {
            throw refused(text, "which isn't a path: " + e.getReason());
        }
    }

    private static Address ssh(String text, URI uri) {
        if (uri.getHost() == null) {
            throw refused(text, "which has no host");
        }
        String user = uri.getUserInfo();
        if (user != null && user.indexOf(':') >= 0) {
            throw refused(text, "which has a password; use a key (ssh.identity)");
        }
        String path = uri.getPath();
        boolean none = path == null || path.isEmpty() || path.equals("/");
        int port = uri.getPort() < 0 ? Address.Ssh.DEFAULT_PORT : uri.getPort();
        return new Address.Ssh(user == null || user.isEmpty() ? null : user, bareHost(uri), port, none ? null : path);
    }

    private static void checkPort(String text, URI uri, String whyNoUser) {
        if (uri.getHost() == null) {
            throw refused(text, "which has no host");
        }
        if (uri.getRawUserInfo() != null) {
            throw refused(text, "which names a user, and " + whyNoUser);
        }
        if (uri.getPort() < 0) {
            throw refused(text, "which has no port");
        }
        if (!uri.getRawPath().isEmpty() && !uri.getRawPath().equals("/")) {
            throw refused(text, "which has a path");
        }
    }

    /** Without an IPv6 address's brackets. */
    private static String bareHost(URI uri) {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static IllegalArgumentException refused(String text, String why) {
        String shown = QUERY.matcher(USER_INFO.matcher(text).replaceFirst("//")).replaceFirst("");
        return new IllegalArgumentException(EXPECTED + "\"" + shown + "\", " + why);
    }
}
