package io.github.sealwatcher.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SshKeyringTest {

    private static final Secret PASSPHRASE = new Secret("s3same");

    @TempDir
    private Path folder;

    private final SshKeyring keyring = new SshKeyring();

    /** A thousand hosts: one by one that would take minutes. */
    @Test
    @Timeout(20)
    void encryptedKeyIsDecryptedOnce() throws IOException {
        Path file = OpenSshServer.newKey(folder, "encrypted", PASSPHRASE.value());
        SshKeyring.SshKey first = keyring.get(file, PASSPHRASE);
        for (int host = 0; host < 1000; host++) {
            assertThat(keyring.get(file, PASSPHRASE)).isSameAs(first);
        }
        assertThat(first.getSignature(new byte[] {1})).isNotEmpty();
    }

    @Test
    @Timeout(20)
    void wrongPassphraseIsTriedOnce() {
        Path file = OpenSshServer.newKey(folder, "encrypted", PASSPHRASE.value());
        for (int host = 0; host < 1000; host++) {
            assertThatThrownBy(() -> keyring.get(file, new Secret("sesame")))
                    .isInstanceOf(SshIdentityException.class)
                    .hasMessage(file + ": the passphrase isn't the key's (ssh.identity.passphrase)");
        }
    }

    @Test
    void anotherFileOrPassphraseIsReadAnew() throws IOException {
        Path file = OpenSshServer.newKey(folder, "key", PASSPHRASE.value());
        assertThatThrownBy(() -> keyring.get(file, null)).hasMessageContaining("the key is encrypted");
        String before = keyring.get(file, PASSPHRASE).fingerprint();
        Path other = OpenSshServer.newKey(folder, "other", "");
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(keyring.get(file, PASSPHRASE).fingerprint()).isNotEqualTo(before);
    }

    @Test
    void onlyARegularFileIsRead() {
        assertThatThrownBy(() -> keyring.get(Path.of("/dev/zero"), null))
                .isInstanceOf(SshIdentityException.class)
                .hasMessage(
                        "/dev/zero: can't be read: expected a regular file, found a device, pipe or socket, or a file"
                                + " that may not be looked at");
        assertThatThrownBy(() -> keyring.get(Path.of("/proc/self/environ"), null))
                .hasMessage(
                        "/proc/self/environ: expected a private key in OpenSSH's or PEM form, found none that can be"
                                + " used");
    }
}
