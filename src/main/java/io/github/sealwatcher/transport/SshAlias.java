package io.github.sealwatcher.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code config} of an {@code .ssh} folder has for a host, as far as Podman's own client honours it. As in OpenSSH
 * the first value counts. {@code Match} blocks and {@code Include} are passed over.
 *
 * @param hostName where to connect; null for the name itself
 * @param user who to log in as; null if not set
 * @param port 0 if not set
 * @param identities files of private keys
 * @param jumps whether it is to be reached through another host, which is not followed
 */
record SshAlias(@Nullable String hostName, @Nullable String user, int port, List<Path> identities, boolean jumps) {

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_PORT = 65_535;
    private static final SshAlias NONE = new SshAlias(null, null, 0, List.of(), false);

    SshAlias {
        identities = List.copyOf(identities);
    }

    /**
     * What a folder's {@code config} has; nothing if there is none.
     *
     * @param folder as {@code ~/.ssh}
     * @throws IOException if it can't be read, or says something impossible of this host
     */
    static SshAlias in(Path folder, String host) throws IOException {
        try {
            byte[] content = RegularFile.read(folder.resolve("config"), MAX_BYTES);
            return of(new String(content, StandardCharsets.UTF_8), host, home(folder));
        } catch (NoSuchFileException e) {
            return NONE;
        }
    }

    /** @param home of the user whose file it is */
    static SshAlias of(String text, String host, Path home) throws IOException {
        return new Reader(host, home).read(text);
    }

    /** The address that is meant; what is written in it goes before what is set here. */
    Address.Ssh applied(Address.Ssh address) {
        return new Address.Ssh(
                address.user() == null ? user : address.user(),
                hostName == null ? address.host() : hostName,
                port == 0 || address.port() != Address.Ssh.DEFAULT_PORT ? address.port() : port,
                address.path());
    }

    private static Path home(Path folder) {
        Path home = folder.toAbsolutePath().getParent();
        return home == null ? folder : home;
    }

    /** Reads one file for one host. */
    private static final class Reader {
        private final String host;
        private final Path home;
        private final List<Path> identities = new ArrayList<>();
        private boolean applies = true;
        private @Nullable String hostName;
        private @Nullable String user;
        private int port;
        private @Nullable Boolean jumps;

        private Reader(String host, Path home) {
            this.host = host;
            this.home = home;
        }

        private SshAlias read(String text) throws IOException {
            int number = 0;
            for (String line : text.lines().toList()) {
                number++;
                List<String> words = words(line);
                if (words.size() > 1) {
                    take(words.get(0).toLowerCase(Locale.ROOT), words.subList(1, words.size()), number);
                }
            }
            return new SshAlias(hostName, user, port, identities, jumps != null && jumps);
        }

        private void take(String keyword, List<String> values, int line) throws IOException {
            if (keyword.equals("host")) {
                applies = SshPattern.matches(host, values);
            } else if (keyword.equals("match")) {
                applies = false;
            } else if (applies) {
                takeOwn(keyword, values.get(0), line);
            }
        }

        /** The first value counts. */
        private void takeOwn(String keyword, String value, int line) throws IOException {
            switch (keyword) {
                case "hostname" -> hostName = hostName == null ? expanded(value) : hostName;
                case "user" -> user = user == null ? value : user;
                case "port" -> port = port == 0 ? port(value, line) : port;
                case "proxyjump", "proxycommand" ->
                    jumps = jumps == null ? Boolean.valueOf(!value.equalsIgnoreCase("none")) : jumps;
                case "identityfile" -> addIdentity(value, line);
                default -> {
                    // What is of no concern here, or isn't honoured.
                }
            }
        }

        private void addIdentity(String value, int line) throws IOException {
            if (value.equalsIgnoreCase("none")) {
                return;
            }
            String file = value.startsWith("~/") ? home + value.substring(1) : value.replace("%d", home.toString());
            try {
                identities.add(home.resolve(file));
            } catch (InvalidPathException e) {
                throw new IOException("line " + line + ": IdentityFile is no path", e);
            }
        }

        private String expanded(String value) {
            return value.replace("%h", host).replace("%%", "%");
        }

        private static int port(String value, int line) throws IOException {
            try {
                int port = Integer.parseInt(value);
                if (port > 0 && port <= MAX_PORT) {
                    return port;
                }
            } catch (NumberFormatException e) {
                // The same as one that is out of range.
            }
            throw new IOException("line " + line + ": expected a Port from 1 to " + MAX_PORT);
        }

        /** Keyword and values, which may be quoted, and parted from it by an equals sign. */
        private static List<String> words(String line) {
            List<String> words = new ArrayList<>();
            StringBuilder word = new StringBuilder();
            boolean quoted = false;
            boolean begun = false;
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                boolean parts = c == ' '
                        || c == '\t'
                        || c == '\r'
                        || (c == '=' && words.size() <= 1 && word.isEmpty())
                        || (c == '=' && words.isEmpty());
                if (c == '"') {
                    quoted = !quoted;
                    begun = true;
                } else if (c == '#' && !quoted && !begun) {
                    break;
                } else if (parts && !quoted) {
                    if (begun) {
                        words.add(word.toString());
                        word.setLength(0);
                        begun = false;
                    }
                } else {
                    word.append(c);
                    begun = true;
                }
            }
            if (begun) {
                words.add(word.toString());
            }
            return words;
        }
    }
}
