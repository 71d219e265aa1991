package io.github.sealwatcher.transport;

import io.github.sealwatcher.transport.DialException.Reason;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What it means that TLS doesn't come about. */
final class TlsFailure {

    private static final String ALERT = "Received fatal alert: ";

    private TlsFailure() {}

    /** @param hasCertificate whether we have a certificate to show */
    static DialException explained(Address.Tls address, boolean hasCertificate, Exception e) {
        String at = address.uri() + ": ";
        String untrusted = untrusted(address, e);
        if (untrusted != null) {
            return new DialException(Reason.UNTRUSTED, at + untrusted, e);
        }
        String message = String.valueOf(e.getMessage());
        int alert = message.indexOf(ALERT);
        if (alert >= 0) {
            return alert(at, message.substring(alert + ALERT.length()), hasCertificate, e);
        }
        if (message.contains("Unsupported or unrecognized SSL message")) {
            return new DialException(
                    Reason.FAILED,
                    at + "who listens there doesn't speak TLS; start Podman's service with --tls-cert and --tls-key"
                            + " (Podman 5.7 or newer), or use tcp:// if it is meant to be plain",
                    e);
        }
        if (e instanceof SSLException) {
            return new DialException(Reason.FAILED, at + "no TLS connection: " + message, e);
        }
        return new DialException(Reason.FAILED, at + "the connection broke during the TLS handshake: " + message, e);
    }

    /** Null unless it is we who refuse. */
    private static @Nullable String untrusted(Address.Tls address, Exception e) {
        CertificateExpiredException expired = cause(e, CertificateExpiredException.class);
        if (expired != null) {
            return "the host's certificate has expired (" + expired.getMessage() + "); renew it there, and look whether"
                    + " the clocks are right";
        }
        CertificateNotYetValidException early = cause(e, CertificateNotYetValidException.class);
        if (early != null) {
            return "the host's certificate isn't valid yet (" + early.getMessage() + "); look whether the clocks are"
                    + " right";
        }
        if (cause(e, CertPathBuilderException.class) != null) {
            return "the host's certificate is signed by nobody we trust; put the certificate of its authority into"
                    + " ssl.truststore.location or ssl.truststore.certificates if it is the right one";
        }
        CertificateException bad = cause(e, CertificateException.class);
        if (bad == null) {
            return null;
        }
        String message = String.valueOf(bad.getMessage());
        // The JDK's messages: No name matching x found; No subject alternative names matching IP address y found.
        return message.startsWith("No ")
                ? "the host's certificate isn't made out to " + address.host() + " (" + message
                        + "); dial the name it is made out to, or have it made anew with this one"
                : "the host's certificate isn't trusted: " + message;
    }

    private static DialException alert(String at, String alert, boolean hasCertificate, Exception e) {
        String name = alert.toLowerCase(Locale.ROOT);
        boolean ofCertificates = name.contains("cert") || name.equals("unknown_ca") || name.equals("access_denied");
        if (!hasCertificate && (ofCertificates || name.equals("handshake_failure"))) {
            return new DialException(
                    Reason.REJECTED,
                    at + "the host wants to see a client certificate and was shown none (" + alert + "); give one with"
                            + " ssl.keystore.location, or ssl.keystore.key and ssl.keystore.certificate.chain, signed"
                            + " by the authority that its Podman was given as --tls-client-ca",
                    e);
        }
        if (name.equals("certificate_expired")) {
            return new DialException(
                    Reason.REJECTED,
                    at + "the host refuses our client certificate because it has expired; renew it (ssl.keystore.*)",
                    e);
        }
        if (name.equals("certificate_required")) {
            return new DialException(
                    Reason.REJECTED,
                    at + "the host wants to see a client certificate (" + alert + "), and ours isn't signed by an"
                            + " authority it accepts; use one (ssl.keystore.*) signed by the authority that its Podman"
                            + " was given as --tls-client-ca",
                    e);
        }
        if (ofCertificates) {
            return new DialException(
                    Reason.REJECTED,
                    at + "the host refuses our client certificate (" + alert + "); it must be valid and signed by the"
                            + " authority that its Podman was given as --tls-client-ca (ssl.keystore.*)",
                    e);
        }
        return new DialException(
                Reason.FAILED,
                at + "the host refuses to speak TLS with us (" + alert + "); compare ssl.enabled.protocols and"
                        + " ssl.cipher.suites with what it allows",
                e);
    }

    private static <T extends Throwable> @Nullable T cause(Throwable thrown, Class<T> type) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }
}
