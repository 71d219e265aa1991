package io.github.sealwatcher.connect;

import io.github.sealwatcher.connect.config.ConfigKeys;
import io.github.sealwatcher.connect.config.HostConfig;
import io.github.sealwatcher.connect.config.HostEntry;
import io.github.sealwatcher.connect.config.HostKeys;
import io.github.sealwatcher.connect.config.HostsConfig;
import io.github.sealwatcher.connect.config.InvalidSettingException;
import io.github.sealwatcher.connect.config.PodmanConfig;
import io.github.sealwatcher.connect.config.UnknownKeys;
import io.github.sealwatcher.engine.podman.LocalHost;
import io.github.sealwatcher.transport.SshKeyring;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks a configuration: each key by itself, the keys together, and at last the hosts. */
final class Validation {

    private static final Logger LOG = LoggerFactory.getLogger(Validation.class);

    private static final String OF_NULL = "Invalid value null for configuration ";

    private final LocalHost localHost;
    private final HostProbe probe;
    private final SshKeyring keyring;

    Validation(LocalHost localHost, HostProbe probe, SshKeyring keyring) {
        this.localHost = localHost;
        this.probe = probe;
        this.keyring = keyring;
    }

    /** All keys with their errors; waits for the hosts if all else is well. */
    List<ConfigValue> validate(Map<String, String> properties) {
        Map<String, ConfigValue> values = new LinkedHashMap<>();
        for (ConfigValue value : ConfigKeys.definition(localHost).validate(properties)) {
            values.put(value.name(), value);
        }
        UnknownKeys.problems(properties, localHost).forEach((key, problem) -> add(values, key, problem));
        UnknownKeys.nearMisses(properties, localHost)
                .forEach((key, meant) -> add(values, key, "unknown configuration key; did you mean " + meant + "?"));
        HostKeys.of(properties, hosts(properties, values), localHost)
                .problems()
                .forEach((key, problem) -> add(values, key, problem));
        if (values.values().stream().allMatch(value -> value.errorMessages().isEmpty())) {
            validateTogether(properties, values);
        }
        return values.values().stream().map(Validation::withoutRepetitions).toList();
    }

    /** The hosts, as far as they can be read: errors are reported at their own keys. */
    private List<HostEntry> hosts(Map<String, String> properties, Map<String, ConfigValue> values) {
        ConfigValue hosts = values.get(HostsConfig.HOSTS);
        if (hosts == null || !hosts.errorMessages().isEmpty() || !(hosts.value() instanceof List<?> entries)) {
            return List.of();
        }
        try {
            return HostsConfig.entries(properties, entries, localHost);
        } catch (IllegalArgumentException | ConfigException e) {
            return entries.isEmpty() ? List.of() : HostEntry.parse(entries, localHost);
        }
    }

    /**
     * Kafka validates a key once for each other key that its being shown depends on, and complains that a value which it
     * couldn't read is null.
     */
    private static ConfigValue withoutRepetitions(ConfigValue value) {
        List<String> once = new ArrayList<>(new LinkedHashSet<>(value.errorMessages()));
        if (once.size() > 1) {
            once.removeIf(message -> message.startsWith(OF_NULL));
        }
        if (once.size() == value.errorMessages().size()) {
            return value;
        }
        ConfigValue same = new ConfigValue(value.name(), value.value(), value.recommendedValues(), once);
        same.visible(value.visible());
        return same;
    }

    private void validateTogether(Map<String, String> properties, Map<String, ConfigValue> values) {
        PodmanConfig config;
        try {
            config = PodmanConfig.parse(properties, localHost);
        } catch (InvalidSettingException e) {
            add(values, e.key(), e.problem());
            return;
        }
        for (HostConfig host : config.hosts()) {
            try {
                host.checkCredentials(keyring);
            } catch (InvalidSettingException e) {
                String own = HostKeys.PREFIX + host.name() + "." + e.key();
                add(values, properties.containsKey(own) ? own : e.key(), e.problem());
            }
        }
        boolean well =
                values.values().stream().allMatch(value -> value.errorMessages().isEmpty());
        if (well && config.validateConnections()) {
            try {
                for (String problem : probe.problems(config.hosts())) {
                    add(values, HostsConfig.HOSTS, problem);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                LOG.warn("Interrupted while the hosts were checked; they are assumed to be reachable");
            }
        }
    }

    /** Of a key that isn't defined the value isn't repeated: it may be a single host's password. */
    private static void add(Map<String, ConfigValue> values, String key, String problem) {
        values.computeIfAbsent(key, name -> new ConfigValue(name, null, new ArrayList<>(), new ArrayList<>()))
                .addErrorMessage(problem);
    }
}
