package io.github.sealwatcher.connect.config;

import io.github.sealwatcher.engine.podman.LocalHost;
import io.github.sealwatcher.transport.Address;
import io.github.sealwatcher.transport.TlsSettings;
import io.github.sealwatcher.transport.TlsSource;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.SslConfigs;
import org.jspecify.annotations.Nullable;

/**
 * How hosts behind TLS are reached: Kafka's own keys with Kafka's own meaning, because Kafka's own code reads them.
 *
 * @param values by key, without those that have none
 */
public record TlsConfig(Map<String, Object> values) implements TlsSource {

    static ConfigSection section(LocalHost localHost) {
        ConfigKey.ShownIf shown = HostsConfig.hasHostAt(Address.Kind.TLS, localHost);
        return new ConfigSection(
                "TLS", true, keys().stream().map(key -> key.shownIf(shown)).toList());
    }

    static TlsConfig from(AbstractConfig config) {
        Map<String, Object> values = new HashMap<>();
        for (ConfigKey key : keys()) {
            @Nullable Object value = config.values().get(key.name());
            if (value != null) {
                values.put(key.name(), value);
            }
        }
        return new TlsConfig(Map.copyOf(values));
    }

    @Override
    public TlsSettings load() throws GeneralSecurityException {
        try {
            return TlsLoader.load(values);
        } catch (InvalidSettingException e) {
            throw new GeneralSecurityException(e.getMessage(), e);
        }
    }

    /** @throws InvalidSettingException naming the key whose file or value can't be used */
    void check() {
        TlsLoader.load(values);
    }

    private static void checkIdentification(Object value) {
        if (!value.toString().isEmpty() && !value.toString().equalsIgnoreCase("https")) {
            throw new IllegalArgumentException(
                    "expected https, or empty to leave host names unchecked, found \"" + value + "\"");
        }
    }

    /** As Kafka's, and in its order of importance; the passwords and PEM texts are never shown again. */
    private static List<ConfigKey> keys() {
        return List.of(
                ConfigKey.file(
                                SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
                                "Trust store",
                                "The file with the certificates of the authorities that may sign those of the hosts at"
                                        + " tcp+tls:// and https:// addresses. Empty, like"
                                        + " ssl.truststore.certificates: the authorities that Java trusts.")
                        .rated(Importance.HIGH),
                ConfigKey.secret(
                                SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG,
                                "Trusted certificates",
                                "The same certificates as PEM text in place of a file; ssl.truststore.type must be PEM.")
                        .rated(Importance.HIGH),
                ConfigKey.secret(
                                SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG,
                                "Trust store's password",
                                "The password of the trust store, unless it is PEM.")
                        .rated(Importance.HIGH),
                type(
                        SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
                        SslConfigs.DEFAULT_SSL_TRUSTSTORE_TYPE,
                        "Trust store's type",
                        "The form of the trust store: JKS, PKCS12, PEM or another that Java knows."),
                ConfigKey.file(
                                SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
                                "Key store",
                                "The file with the private key and certificate that are shown to a host that asks for"
                                        + " them. Empty, like ssl.keystore.key: none is shown.")
                        .rated(Importance.HIGH),
                ConfigKey.secret(
                                SslConfigs.SSL_KEYSTORE_KEY_CONFIG,
                                "Private key for TLS",
                                "The same private key as PEM text (PKCS 8) in place of a file; ssl.keystore.type must be"
                                        + " PEM.")
                        .rated(Importance.HIGH),
                ConfigKey.secret(
                                SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG,
                                "Certificate chain",
                                "The certificate that goes with ssl.keystore.key, and those between it and its"
                                        + " authority, as PEM text.")
                        .rated(Importance.HIGH),
                ConfigKey.secret(
                                SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
                                "Key store's password",
                                "The password of the key store, unless it is PEM.")
                        .rated(Importance.HIGH),
                ConfigKey.secret(
                                SslConfigs.SSL_KEY_PASSWORD_CONFIG,
                                "Password of the private key for TLS",
                                "The password of the private key in the key store, if it has one of its own.")
                        .rated(Importance.HIGH),
                type(
                        SslConfigs.SSL_KEYSTORE_TYPE_CONFIG,
                        SslConfigs.DEFAULT_SSL_KEYSTORE_TYPE,
                        "Key store's type",
                        "The form of the key store: JKS, PKCS12, PEM or another that Java knows."),
                ConfigKey.list(
                                SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG,
                                "TLS versions",
                                "The versions of TLS that may be spoken, as a comma list.")
                        .startingWith(SslConfigs.DEFAULT_SSL_ENABLED_PROTOCOLS),
                type(
                        SslConfigs.SSL_PROTOCOL_CONFIG,
                        SslConfigs.DEFAULT_SSL_PROTOCOL,
                        "TLS context",
                        "The newest version of TLS, by which Java's implementation is chosen."),
                ConfigKey.text(
                                SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG,
                                SslConfigs.DEFAULT_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM,
                                "Check of host names",
                                "https: a host's certificate must be made out to the name or address in its uri. Empty:"
                                        + " whoever has a certificate of a trusted authority is taken to be the host.")
                        .checked("https, or empty", TlsConfig::checkIdentification)
                        .rated(Importance.LOW),
                ConfigKey.list(
                                SslConfigs.SSL_CIPHER_SUITES_CONFIG,
                                "Cipher suites",
                                "The cipher suites that may be used, as a comma list. Empty: those that Java allows.")
                        .rated(Importance.LOW),
                unusual(
                        SslConfigs.SSL_PROVIDER_CONFIG,
                        null,
                        "Security provider",
                        "The name of the security provider for TLS. Empty: Java's own."),
                unusual(
                        SslConfigs.SSL_KEYMANAGER_ALGORITHM_CONFIG,
                        SslConfigs.DEFAULT_SSL_KEYMANGER_ALGORITHM,
                        "Key manager",
                        "The algorithm of the key manager; Java's own by default."),
                unusual(
                        SslConfigs.SSL_TRUSTMANAGER_ALGORITHM_CONFIG,
                        SslConfigs.DEFAULT_SSL_TRUSTMANAGER_ALGORITHM,
                        "Trust manager",
                        "The algorithm of the trust manager; Java's own by default."),
                unusual(
                        SslConfigs.SSL_SECURE_RANDOM_IMPLEMENTATION_CONFIG,
                        null,
                        "Random numbers",
                        "The name of the generator of random numbers for TLS. Empty: Java's own."));
    }

    private static ConfigKey type(String name, String defaultValue, String title, String doc) {
        return ConfigKey.text(name, defaultValue, title, doc);
    }

    private static ConfigKey unusual(String name, @Nullable String defaultValue, String title, String doc) {
        return ConfigKey.text(name, defaultValue, title, doc).rated(Importance.LOW);
    }
}
