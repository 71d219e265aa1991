package io.github.sealwatcher.transport;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A private key in a file, in OpenSSH's or PEM form. */
public final class SshIdentity {

    private SshIdentity() {}

    /**
     * Reads the key that is named, if one is.
     *
     * @throws SshIdentityException if it can't be read, isn't a key, or the passphrase isn't its own
     */
    public static void check(SshOptions options) throws SshIdentityException {
        if (options.identity() != null) {
            options.keyring().get(options.identity(), options.passphrase());
        }
    }

    /**
     * Makes the keys of the options known.
     *
     * @param named by the host's alias; tried if the options name none
     * @return each with its fingerprint, or why it is left out
     * @throws SshIdentityException if the one key that was asked for can't be used
     */
    static List<String> addAllTo(JSch jsch, SshOptions options, List<Path> named) throws SshIdentityException {
        if (options.identity() != null) {
            return List.of(addTo(jsch, options.identity(), options));
        }
        List<String> tried = new ArrayList<>();
        for (Path file : named.isEmpty() ? usualFiles(options.folder()) : named) {
            try {
                tried.add(addTo(jsch, file, options));
            } catch (SshIdentityException e) {
                // One of several that nobody asked for: the others may do.
                tried.add("not " + e.getMessage());
            }
        }
        return tried;
    }

    private static String addTo(JSch jsch, Path file, SshOptions options) throws SshIdentityException {
        SshKeyring.SshKey key = options.keyring().get(file, options.passphrase());
        try {
            jsch.addIdentity(key, null);
        } catch (JSchException e) {
            throw new SshIdentityException(false, file + ": the key can't be used: " + e.getMessage(), e);
        }
        return file + " (" + key.fingerprint() + ")";
    }

    private static List<Path> usualFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(SshIdentity::isUsual).sorted().toList();
        } catch (IOException e) {
            // No folder, no keys.
            return List.of();
        }
    }

    private static boolean isUsual(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("id_") && !name.endsWith(".pub") && Files.isReadable(file) && Files.isRegularFile(file);
    }
}
