package io.github.sealwatcher.transport;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A private key in a file, in OpenSSH's or PEM form. */
public final class SshIdentity {

    private SshIdentity() {}

    /**
     * Reads the key and forgets it.
     *
     * @throws SshIdentityException if it can't be read, isn't a key, or the passphrase isn't its own
     */
    public static void check(Path file, @Nullable Secret passphrase) throws SshIdentityException {
        addTo(new JSch(), file, passphrase);
    }

    /**
     * Makes the keys of the options known.
     *
     * @return each with its fingerprint, or why it is left out
     * @throws SshIdentityException if the one key that was asked for can't be used
     */
    static List<String> addAllTo(JSch jsch, SshOptions options) throws SshIdentityException {
        if (options.identity() != null) {
            return List.of(addTo(jsch, options.identity(), options.passphrase()));
        }
        List<String> tried = new ArrayList<>();
        for (Path file : usualFiles(options.folder())) {
            try {
                tried.add(addTo(jsch, file, options.passphrase()));
            } catch (SshIdentityException e) {
                // One of several that nobody asked for: the others may do.
                tried.add("not " + e.getMessage());
            }
        }
        return tried;
    }

    private static String addTo(JSch jsch, Path file, @Nullable Secret passphrase) throws SshIdentityException {
        byte @Nullable [] secret =
                passphrase == null ? null : passphrase.value().getBytes(StandardCharsets.UTF_8);
        String fingerprint = fingerprint(jsch, file, secret);
        try {
            jsch.addIdentity(file.toString(), secret);
        } catch (JSchException e) {
            throw notAKey(file, e);
        }
        return file + " (" + fingerprint + ")";
    }

    private static String fingerprint(JSch jsch, Path file, byte @Nullable [] passphrase) throws SshIdentityException {
        KeyPair key;
        try {
            key = KeyPair.load(jsch, Files.readAllBytes(file), null);
        } catch (NoSuchFileException e) {
            throw new SshIdentityException(false, file + ": there is no such file", e);
        } catch (IOException e) {
            throw new SshIdentityException(false, file + ": can't be read: " + e.getMessage(), e);
        } catch (JSchException e) {
            throw notAKey(file, e);
        }
        try {
            if (key.isEncrypted() && passphrase == null) {
                throw new SshIdentityException(
                        true,
                        file + ": the key is encrypted; its passphrase is needed (ssh.identity.passphrase)",
                        null);
            }
            // A copy: it is wiped after use.
            if (key.isEncrypted() && !key.decrypt(passphrase == null ? null : passphrase.clone())) {
                throw new SshIdentityException(
                        true, file + ": the passphrase isn't the key's (ssh.identity.passphrase)", null);
            }
            return String.valueOf(key.getFingerPrint());
        } finally {
            key.dispose();
        }
    }

    private static SshIdentityException notAKey(Path file, JSchException e) {
        return new SshIdentityException(
                false, file + ": expected a private key in OpenSSH's or PEM form, found none that can be used", e);
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
