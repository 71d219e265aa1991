package io.github.sealwatcher.transport;

import java.io.IOException;
import java.security.GeneralSecurityException;

/** Where keys and certificates for TLS come from. Thread-safe. */
@FunctionalInterface
public interface TlsSource {

    /**
     * Reads them anew.
     *
     * @throws IOException with what can't be read, without a secret
     * @throws GeneralSecurityException with what can't be used, without a secret
     */
    TlsSettings load() throws IOException, GeneralSecurityException;
}
