package io.github.sealwatcher.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a known_hosts file as they concern one address. OpenSSH allows the patterns {@code *}, {@code ?} and
 * {@code !} in the list of names; the ssh library compares names only, so a list with patterns is replaced by the names
 * that it matches. Hashed lines and comments stay as they are.
 */
final class KnownHosts {

    /** A million lines take 100 MB, and nobody has them. */
    private static final int MAX_BYTES = 16 << 20;

    private static final String REVOKED = "@revoked";

    private KnownHosts() {}

    /** The file's lines for an address, in the file's form. */
    static byte[] read(Path file, Address.Ssh address) throws IOException {
        // Every byte is a character, so that whatever a comment holds comes out as it went in.
        String text = new String(RegularFile.read(file, MAX_BYTES), StandardCharsets.ISO_8859_1);
        return of(text, address).getBytes(StandardCharsets.ISO_8859_1);
    }

    static String of(String text, Address.Ssh address) {
        List<String> names = names(address);
        StringBuilder lines = new StringBuilder();
        text.lines().forEach(line -> {
            String concerned = line(line, names);
            if (concerned != null) {
                lines.append(concerned).append('\n');
            }
        });
        return lines.toString();
    }

    /** As OpenSSH looks a host up: with its port unless it is the usual one, then without. */
    private static List<String> names(Address.Ssh address) {
        String host = address.host();
        return address.port() == Address.Ssh.DEFAULT_PORT
                ? List.of(host)
                : List.of("[" + host + "]:" + address.port(), host);
    }

    private static @Nullable String line(String line, List<String> names) {
        String stripped = line.strip();
        boolean marked = stripped.startsWith("@");
        int listStart = marked ? afterBlanks(stripped, afterWord(stripped, 0)) : 0;
        int listEnd = afterWord(stripped, listStart);
        String list = stripped.substring(listStart, listEnd);
        if (stripped.startsWith("#") || list.startsWith("|") || !hasPatterns(list)) {
            return line;
        }
        List<String> matched = new ArrayList<>();
        for (String name : names) {
            if (SshPattern.matches(name, List.of(list.split(",", -1)))) {
                matched.add(name);
            }
        }
        if (matched.isEmpty()) {
            // A key that is revoked for others is nobody's any more, so it may stay.
            return stripped.startsWith(REVOKED) ? line : null;
        }
        return stripped.substring(0, listStart) + String.join(",", matched) + stripped.substring(listEnd);
    }

    private static boolean hasPatterns(String list) {
        return list.indexOf('*') >= 0 || list.indexOf('?') >= 0 || list.indexOf('!') >= 0;
    }

    private static int afterWord(String line, int from) {
        int end = from;
        while (end < line.length() && !isBlank(line.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int afterBlanks(String line, int from) {
        int end = from;
        while (end < line.length() && isBlank(line.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
