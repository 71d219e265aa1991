package io.github.sealwatcher.transport;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A private key can't be used. The message names its file, what was found and the remedy, and never holds a secret. */
public final class SshIdentityException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean ofPassphrase;

    SshIdentityException(boolean ofPassphrase, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.ofPassphrase = ofPassphrase;
    }

    /** Whether it is the passphrase that is missing or wrong, and not the file. */
    public boolean isOfPassphrase() {
        return ofPassphrase;
    }
}
