package io.github.sealwatcher.transport;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Private keys that were read. An encrypted one takes a processor a third of a second to decrypt, on purpose; so each is
 * decrypted once, however many hosts it is for, and again only when its file or its passphrase changes. Thread-safe.
 */
public final class SshKeyring {

    private static final int MAX_KEY_BYTES = 1 << 20;

    private final Map<Path, Slot> slots = new ConcurrentHashMap<>();

    /** Without any key yet. */
    public SshKeyring() {}

    /** What became of reading a file: one of the two is null. */
    private record Outcome(
            byte[] digest, @Nullable SshKey key, @Nullable SshIdentityException failure) {}

    /** The place of one file, so that who needs another key doesn't wait. */
    private static final class Slot {
        /** Guarded by this slot. */
        private @Nullable Outcome last;
    }

    /**
     * A key, ready for use.
     *
     * @throws SshIdentityException if it can't be read, isn't a key, or the passphrase isn't its own
     */
    SshKey get(Path file, @Nullable Secret passphrase) throws SshIdentityException {
        byte[] content = content(file);
        byte[] digest = digest(content, passphrase);
        Slot slot = slots.computeIfAbsent(file, any -> new Slot());
        synchronized (slot) {
            Outcome last = slot.last;
            if (last == null || !Arrays.equals(last.digest(), digest)) {
                last = read(file, content, digest, passphrase);
                slot.last = last;
            }
            SshIdentityException failure = last.failure();
            if (failure != null) {
                throw new SshIdentityException(failure.isOfPassphrase(), String.valueOf(failure.getMessage()), failure);
            }
            return Objects.requireNonNull(last.key());
        }
    }

    private static byte[] content(Path file) throws SshIdentityException {
        try {
            return RegularFile.read(file, MAX_KEY_BYTES);
        } catch (NoSuchFileException e) {
            throw new SshIdentityException(false, file + ": there is no such file", e);
        } catch (IOException e) {
            throw new SshIdentityException(false, file + ": can't be read: " + e.getMessage(), e);
        }
    }

    private static Outcome read(Path file, byte[] content, byte[] digest, @Nullable Secret passphrase) {
        try {
            return new Outcome(digest, read(file, content, passphrase), null);
        } catch (SshIdentityException e) {
            return new Outcome(digest, null, e);
        }
    }

    private static SshKey read(Path file, byte[] content, @Nullable Secret passphrase) throws SshIdentityException {
        KeyPair key;
        try {
            key = KeyPair.load(new JSch(), content, null);
        } catch (JSchException | RuntimeException e) {
            // The library throws what it likes at a file that only begins like a key.
            throw new SshIdentityException(
                    false, file + ": expected a private key in OpenSSH's or PEM form, found none that can be used", e);
        }
        if (key.isEncrypted() && passphrase == null) {
            throw new SshIdentityException(
                    true, file + ": the key is encrypted; its passphrase is needed (ssh.identity.passphrase)", null);
        }
        if (key.isEncrypted() && passphrase != null && !key.decrypt(bytes(passphrase))) {
            throw new SshIdentityException(
                    true, file + ": the passphrase isn't the key's (ssh.identity.passphrase)", null);
        }
        return new SshKey(file, key);
    }

    private static byte[] bytes(Secret secret) {
        return secret.value().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] digest(byte[] content, @Nullable Secret passphrase) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content);
            if (passphrase != null) {
                digest.update((byte) 0);
                digest.update(bytes(passphrase));
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A private key as the ssh library uses it. It outlives the sessions that use it. Thread-safe. */
    static final class SshKey implements Identity {

        private final Path file;
        private final KeyPair key;
        private final byte[] publicKey;
        private final String fingerprint;

        private SshKey(Path file, KeyPair key) {
            this.file = file;
            this.key = key;
            this.publicKey = key.getPublicKeyBlob();
            this.fingerprint = String.valueOf(key.getFingerPrint());
        }

        String fingerprint() {
            return fingerprint;
        }

        @Override
        public boolean setPassphrase(byte @Nullable [] passphrase) {
            return true;
        }

        @Override
        public byte[] getPublicKeyBlob() {
            return publicKey.clone();
        }

        @Override
        public byte[] getSignature(byte[] data) {
            synchronized (key) {
                return key.getSignature(data);
            }
        }

        @Override
        public byte[] getSignature(byte[] data, String algorithm) {
            synchronized (key) {
                return key.getSignature(data, algorithm);
            }
        }

        @Override
        public String getAlgName() {
            return key.getKeyTypeString();
        }

        @Override
        public String getName() {
            return file.toString();
        }

        @Override
        public boolean isEncrypted() {
            return false;
        }

        @Override
        public void clear() {
            // Others use it too.
        }
    }
}
