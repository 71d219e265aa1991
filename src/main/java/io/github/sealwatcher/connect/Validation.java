package io.github.sealwatcher.connect;

import io.github.sealwatcher.connect.config.HostConfig;
import io.github.sealwatcher.connect.config.HostEntry;
import io.github.sealwatcher.connect.config.HostKeys;
import io.github.sealwatcher.connect.config.HostsConfig;
import io.github.sealwatcher.connect.config.Mismatch;
import io.github.sealwatcher.connect.config.PodmanConfig;
import io.github.sealwatcher.connect.config.UnknownKeys;
import io.github.sealwatcher.engine.podman.Machine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks a configuration: each key by itself, the keys together, and at last the hosts. */
final class Validation {

    private static final Logger LOG = LoggerFactory.getLogger(Validation.class);

    private final Machine machine;
    private final HostProbe probe;

    Validation(Machine machine, HostProbe probe) {
        this.machine = machine;
        this.probe = probe;
    }

    /** All keys with their errors; waits for the hosts if all else is well. */
    List<ConfigValue> validate(Map<String, String> properties) {
        Map<String, ConfigValue> values = new LinkedHashMap<>();
        for (ConfigValue value : PodmanConfig.definition(machine).validate(properties)) {
            values.put(value.name(), value);
        }
        UnknownKeys.problems(properties, machine).forEach((key, problem) -> add(values, key, problem));
        ConfigValue hosts = values.get(HostsConfig.HOSTS);
        if (hosts != null && hosts.errorMessages().isEmpty() && hosts.value() instanceof List<?> entries) {
            List<HostEntry> known = entries.isEmpty() ? List.of() : HostEntry.parse(entries, machine);
            HostKeys.of(properties, known, machine).problems().forEach((key, problem) -> add(values, key, problem));
        }
        if (values.values().stream().allMatch(value -> value.errorMessages().isEmpty())) {
            validateTogether(properties, values);
        }
        return List.copyOf(values.values());
    }

    private void validateTogether(Map<String, String> properties, Map<String, ConfigValue> values) {
        PodmanConfig config;
        try {
            config = PodmanConfig.parse(properties, machine);
        } catch (Mismatch e) {
            add(values, e.key(), e.problem());
            return;
        }
        for (HostConfig host : config.hosts()) {
            try {
                host.checkCredentials();
            } catch (Mismatch e) {
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
                LOG.warn("Interrupted while the hosts were asked; they are taken to be well");
            }
        }
    }

    /** Of a key that isn't defined the value isn't repeated: it may be a single host's password. */
    private static void add(Map<String, ConfigValue> values, String key, String problem) {
        values.computeIfAbsent(key, name -> new ConfigValue(name, null, new ArrayList<>(), new ArrayList<>()))
                .addErrorMessage(problem);
    }
}
