package io.github.sealwatcher.connect.config;

import io.github.sealwatcher.engine.podman.LocalHost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a connector or of one of its tasks.
 *
 * @param hosts at least one, with different names
 * @param inventoryPollMs how often the inventory is read again, in milliseconds; null without an inventory
 * @param forgetRemoved whether the rows of a host that left are removed
 */
public record PodmanConfig(
        List<HostConfig> hosts,
        @Nullable Long inventoryPollMs,
        boolean validateConnections,
        boolean forgetRemoved,
        TopicsConfig topics,
        QueueConfig queue,
        MonitoringConfig monitoring) {

    public PodmanConfig {
        hosts = List.copyOf(hosts);
    }

    /** @throws ConfigException naming the key, what is expected and what was found */
    public static PodmanConfig parse(Map<String, String> properties, LocalHost localHost) {
        AbstractConfig values = values(properties, localHost);
        HostsConfig hosts = HostsConfig.from(values, localHost);
        HostKeys hostKeys = HostKeys.of(properties, hosts.entries(), localHost);
        List<String> problems = new ArrayList<>();
        hostKeys.problems().forEach((key, problem) -> problems.add(key + ": " + problem));
        UnknownKeys.problems(properties, localHost).forEach((key, problem) -> problems.add(key + ": " + problem));
        if (!problems.isEmpty()) {
            throw new ConfigException(String.join("; ", problems));
        }
        List<HostConfig> configs = new ArrayList<>();
        for (HostEntry entry : hosts.entries()) {
            Map<String, String> own = hostKeys.of(entry.name());
            try {
                configs.add(HostConfig.from(entry, own.isEmpty() ? values : overlaid(properties, own, localHost)));
            } catch (InvalidSettingException e) {
                throw e.of(entry.name(), own.keySet());
            }
        }
        return new PodmanConfig(
                configs,
                hosts.inventoryPollMs(),
                hosts.validateConnections(),
                hosts.forgetRemoved(),
                TopicsConfig.from(values),
                QueueConfig.from(values),
                MonitoringConfig.from(values));
    }

    private static AbstractConfig overlaid(
            Map<String, String> properties, Map<String, String> own, LocalHost localHost) {
        Map<String, String> all = new HashMap<>(properties);
        all.putAll(own);
        return values(all, localHost);
    }

    private static AbstractConfig values(Map<String, String> properties, LocalHost localHost) {
        // Without Kafka's log of all values: an URI may hold a password.
        return new AbstractConfig(ConfigKeys.definition(localHost), properties, false);
    }
}
