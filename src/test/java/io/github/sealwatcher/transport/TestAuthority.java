package io.github.sealwatcher.transport;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** An authority that signs certificates for tests: no file that expires, no tool that must be installed. */
public final class TestAuthority {

    private static final byte[] ECDSA_WITH_SHA256 = oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02);
    private static final byte[] COMMON_NAME = oid(0x55, 0x04, 0x03);
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = oid(0x55, 0x1d, 0x11);
    private static final byte[] BASIC_CONSTRAINTS = oid(0x55, 0x1d, 0x13);
    private static final Duration YEAR = Duration.ofDays(365);

    private final String name;
    private final KeyPair keys = newKeys();
    private final X509Certificate certificate;

    /** A key and the certificate that goes with it. */
    public record Identity(PrivateKey key, X509Certificate certificate) {

        /** As PKCS 8. */
        public String keyPem() {
            return pem("PRIVATE KEY", key.getEncoded());
        }

        /** The same, encrypted. */
        public String encryptedKeyPem(String password) {
            try {
                String algorithm = "PBEWithSHA1AndDESede";
                Cipher cipher = Cipher.getInstance(algorithm);
                cipher.init(
                        Cipher.ENCRYPT_MODE,
                        SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.toCharArray())));
                var encrypted = new EncryptedPrivateKeyInfo(cipher.getParameters(), cipher.doFinal(key.getEncoded()));
                return pem("ENCRYPTED PRIVATE KEY", encrypted.getEncoded());
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }

        public String certificatePem() {
            return TestAuthority.certificatePem(certificate);
        }
    }

    public TestAuthority(String name) {
        this.name = name;
        Instant now = Instant.now();
        this.certificate = sign(name, keys, now.minus(YEAR), now.plus(YEAR), extension(BASIC_CONSTRAINTS, CA));
    }

    /** The authority's own certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    public String certificatePem() {
        return certificatePem(certificate);
    }

    /** A certificate that is valid today. */
    public Identity issue(String commonName, String... hosts) {
        Instant now = Instant.now();
        return issue(commonName, now.minus(YEAR), now.plus(YEAR), hosts);
    }

    /** A certificate that was valid until yesterday. */
    public Identity issueExpired(String commonName, String... hosts) {
        Instant now = Instant.now();
        return issue(commonName, now.minus(YEAR), now.minus(Duration.ofDays(1)), hosts);
    }

    private Identity issue(String commonName, Instant from, Instant until, String... hosts) {
        KeyPair own = newKeys();
        byte[] names = new byte[0];
        for (String host : hosts) {
            names = join(names, name(host));
        }
        byte[] extension = hosts.length == 0 ? new byte[0] : extension(SUBJECT_ALTERNATIVE_NAME, tagged(0x30, names));
        return new Identity(own.getPrivate(), sign(commonName, own, from, until, extension));
    }

    private X509Certificate sign(String subject, KeyPair subjectKeys, Instant from, Instant until, byte[] extension) {
        byte[] algorithm = tagged(0x30, ECDSA_WITH_SHA256);
        byte[] body = tagged(
                0x30,
                tagged(0xa0, tagged(0x02, (byte) 2)),
                tagged(0x02, new BigInteger(62, ThreadLocalRandom.current()).toByteArray()),
                algorithm,
                distinguished(name),
                tagged(0x30, time(from), time(until)),
                distinguished(subject),
                subjectKeys.getPublic().getEncoded(),
                extension.length == 0 ? extension : tagged(0xa3, tagged(0x30, extension)));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(body);
            byte[] der = tagged(0x30, body, algorithm, tagged(0x03, join(new byte[] {0}, signature.sign())));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String pem(String type, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    }

    private static String certificatePem(X509Certificate certificate) {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    // What follows is DER: a tag, a length, a content.

    private static final byte[] CA = tagged(0x30, tagged(0x01, (byte) 0xff));

    private static byte[] extension(byte[] oid, byte[] content) {
        return tagged(0x30, oid, tagged(0x04, content));
    }

    private static byte[] name(String host) {
        boolean address = host.chars().allMatch(c -> c == '.' || c == ':' || Character.isDigit(c));
        try {
            return address
                    ? tagged(0x87, InetAddress.getByName(host).getAddress())
                    : tagged(0x82, host.getBytes(StandardCharsets.US_ASCII));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static byte[] distinguished(String commonName) {
        byte[] text = tagged(0x0c, commonName.getBytes(StandardCharsets.UTF_8));
        return tagged(0x30, tagged(0x31, tagged(0x30, COMMON_NAME, text)));
    }

    private static byte[] time(Instant instant) {
        String text = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(instant);
        return tagged(0x17, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] oid(int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return tagged(0x06, content);
    }

    private static byte[] tagged(int tag, byte... content) {
        return tagged(tag, new byte[][] {content});
    }

    private static byte[] tagged(int tag, byte[]... contents) {
        byte[] content = new byte[0];
        for (byte[] each : contents) {
            content = join(content, each);
        }
        int length = content.length;
        byte[] head = length < 0x80
                ? new byte[] {(byte) tag, (byte) length}
                : length < 0x100
                        ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                        : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        return join(head, content);
    }

    private static byte[] join(byte[] first, byte[] second) {
        var both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }
}
