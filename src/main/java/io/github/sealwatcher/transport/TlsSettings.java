package io.github.sealwatcher.transport;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * How TLS is to be spoken.
 *
 * @param context whom to trust, and who we are
 * @param parameters protocols, cipher suites and the check of the host's name
 * @param hasCertificate whether there is a certificate to show to a host that asks for one
 */
public record TlsSettings(SSLContext context, SSLParameters parameters, boolean hasCertificate) {

    /** Checks that a certificate is made out to the host that was dialed. */
    private static final String HOST_NAMES = "HTTPS";

    private static final String KEY_STORE = "javax.net.ssl.keyStore";

    /** Those of the Java process's system properties; and the host's name is checked. */
    static TlsSettings ofThisProcess() throws NoSuchAlgorithmException {
        SSLContext context = SSLContext.getDefault();
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(HOST_NAMES);
        return new TlsSettings(context, parameters, System.getProperty(KEY_STORE) != null);
    }
}
