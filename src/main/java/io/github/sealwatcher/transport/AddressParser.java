package io.github.sealwatcher.transport;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads an address and says what is wrong with one that can't be read. */
final class AddressParser {

    private static final String EXPECTED = "expected unix:///path or tcp://host:port, found ";
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
            case "tcp" -> tcp(text, uri);
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

    private static Address tcp(String text, URI uri) {
        String host = uri.getHost();
        if (host == null) {
            throw refused(text, "which has no host");
        }
        if (uri.getRawUserInfo() != null) {
            throw refused(text, "which names a user, and tcp has no authentication");
        }
        if (uri.getPort() < 0) {
            throw refused(text, "which has no port");
        }
        if (!uri.getRawPath().isEmpty() && !uri.getRawPath().equals("/")) {
            throw refused(text, "which has a path");
        }
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new Address.Tcp(bare, uri.getPort());
    }

    private static IllegalArgumentException refused(String text, String why) {
        String shown = QUERY.matcher(USER_INFO.matcher(text).replaceFirst("//")).replaceFirst("");
        return new IllegalArgumentException(EXPECTED + "\"" + shown + "\", " + why);
    }
}
