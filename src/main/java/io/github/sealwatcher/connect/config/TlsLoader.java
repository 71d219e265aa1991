package io.github.sealwatcher.connect.config;

import io.github.sealwatcher.transport.RegularFile;
import io.github.sealwatcher.transport.TlsSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.UnrecoverableKeyException;
import java.security.spec.InvalidKeySpecException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.BadPaddingException;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/** Makes of Kafka's {@code ssl.*} values what a connection needs, by the code by which Kafka's own clients do it. */
final class TlsLoader {

    private static final Set<String> TRUST = Set.of(
            SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
            SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG,
            SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG);

    private static final Set<String> IDENTITY = Set.of(
            SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
            SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
            SslConfigs.SSL_KEY_PASSWORD_CONFIG,
            SslConfigs.SSL_KEYSTORE_KEY_CONFIG,
            SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG);

    private static final List<String> NAMES = List.of(
            SslConfigs.SSL_PROVIDER_CONFIG,
            SslConfigs.SSL_KEYMANAGER_ALGORITHM_CONFIG,
            SslConfigs.SSL_TRUSTMANAGER_ALGORITHM_CONFIG,
            SslConfigs.SSL_SECURE_RANDOM_IMPLEMENTATION_CONFIG);

    private static final int MAX_PEM_BYTES = 16 << 20;
    private static final String PEM = "PEM";
    private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";

    private TlsLoader() {}

    /** @throws InvalidSettingException naming the key at which it fails */
    static TlsSettings load(Map<String, Object> values) {
        // One thing after the other: Kafka's errors don't name their key.
        load(values, SslConfigs.SSL_PROTOCOL_CONFIG, TRUST, IDENTITY);
        load(values, faultyTrust(values), IDENTITY);
        DefaultSslEngineFactory factory = load(values, faultyIdentity(values));
        String identification = (String) values.get(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG);
        try {
            SSLEngine engine = factory.createClientSslEngine("", 0, identification);
            boolean hasCertificate = values.containsKey(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG)
                    || values.containsKey(SslConfigs.SSL_KEYSTORE_KEY_CONFIG);
            return new TlsSettings(factory.sslContext(), engine.getSSLParameters(), hasCertificate);
        } catch (IllegalArgumentException e) {
            String found = String.valueOf(e.getMessage());
            boolean ofSuites = values.get(SslConfigs.SSL_CIPHER_SUITES_CONFIG) instanceof List<?> suites
                    && suites.stream().anyMatch(suite -> found.contains(suite.toString()));
            throw new InvalidSettingException(
                    ofSuites ? SslConfigs.SSL_CIPHER_SUITES_CONFIG : SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG,
                    "expected names that Java knows; " + found);
        }
    }

    @SafeVarargs
    private static DefaultSslEngineFactory load(Map<String, Object> values, String faulty, Set<String>... without) {
        Map<String, Object> some = new HashMap<>(values);
        for (Set<String> keys : without) {
            some.keySet().removeAll(keys);
        }
        var factory = new DefaultSslEngineFactory();
        try {
            factory.configure(some);
            return factory;
        } catch (KafkaException | IllegalArgumentException e) {
            String unusual = unusualIn(some);
            if (unusual != null) {
                throw new InvalidSettingException(unusual, "expected a name that Java knows: " + explained(e));
            }
            String key = passwordIn(values, faulty, e);
            throw new InvalidSettingException(key, reported(key, values) + explained(e));
        }
    }

    /** The one of the algorithms' and providers' names without which it would do; null if there is none. */
    private static @Nullable String unusualIn(Map<String, Object> values) {
        for (String key : NAMES) {
            Map<String, Object> without = new HashMap<>(values);
            if (without.remove(key) != null && isUsable(without)) {
                return key;
            }
        }
        return null;
    }

    private static boolean isUsable(Map<String, Object> values) {
        try {
            new DefaultSslEngineFactory().configure(values);
            return true;
        } catch (KafkaException | IllegalArgumentException e) {
            return false;
        }
    }

    private static String faultyTrust(Map<String, Object> values) {
        return values.containsKey(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG)
                ? SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG
                : SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG;
    }

    private static String faultyIdentity(Map<String, Object> values) {
        return values.containsKey(SslConfigs.SSL_KEYSTORE_KEY_CONFIG)
                ? SslConfigs.SSL_KEYSTORE_KEY_CONFIG
                : SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG;
    }

    /** The password's key if it is the password that is wrong or missing, else {@code faulty}. */
    private static String passwordIn(Map<String, Object> values, String faulty, Exception e) {
        if (faulty.startsWith("ssl.truststore")) {
            return caused(e, UnrecoverableKeyException.class) ? SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG : faulty;
        }
        if (!faulty.startsWith("ssl.keystore")) {
            return faulty;
        }
        // One wrong password of 256 fits the padding by chance; then it is the content that makes no sense.
        boolean undecrypted =
                !values.containsKey(SslConfigs.SSL_KEY_PASSWORD_CONFIG) || caused(e, InvalidKeySpecException.class);
        if (caused(e, BadPaddingException.class) || (undecrypted && isEncryptedPem(values))) {
            return SslConfigs.SSL_KEY_PASSWORD_CONFIG;
        }
        boolean noPassword = values.containsKey(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG)
                && !values.containsKey(SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG)
                && !PEM.equals(values.get(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG));
        return noPassword || caused(e, UnrecoverableKeyException.class)
                ? SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG
                : faulty;
    }

    private static boolean isEncryptedPem(Map<String, Object> values) {
        if (values.get(SslConfigs.SSL_KEYSTORE_KEY_CONFIG) instanceof Password pem) {
            return pem.value().contains(ENCRYPTED);
        }
        try {
            return PEM.equals(values.get(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG))
                    && values.get(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG) instanceof String file
                    && new String(RegularFile.read(Path.of(file), MAX_PEM_BYTES), StandardCharsets.UTF_8)
                            .contains(ENCRYPTED);
        } catch (IOException e) {
            // Then that is what is wrong.
            return false;
        }
    }

    private static String reported(String key, Map<String, Object> values) {
        if (!key.endsWith(".password")) {
            return "";
        }
        return values.containsKey(key) ? "the password isn't the right one: " : "a password is needed: ";
    }

    /** Kafka's message, and the innermost reason: in between are only wrappers. None of them quotes a secret. */
    private static String explained(Exception e) {
        Throwable innermost = e;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = String.valueOf(e.getMessage());
        String reason = innermost.getMessage() == null ? innermost.getClass().getSimpleName() : innermost.getMessage();
        return message.contains(reason) ? message : message + ": " + reason;
    }

    private static boolean caused(Throwable thrown, Class<? extends Throwable> type) {
        for (@Nullable Throwable at = thrown; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return true;
            }
        }
        return false;
    }
}
