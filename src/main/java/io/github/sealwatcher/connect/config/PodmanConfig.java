package io.github.sealwatcher.connect.config;

import io.github.sealwatcher.engine.podman.LocalHost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
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

    /** All groups of keys, in the order in which they are to be shown. */
    static List<ConfigSection> sections(LocalHost localHost) {
        return List.of(
                HostsConfig.section(localHost),
                TopicsConfig.section(),
                WatchConfig.section(),
                FilterConfig.section(),
                DetailConfig.section(),
                ConnectionConfig.section(),
                SshConfig.section(localHost),
                TlsConfig.section(localHost),
                QueueConfig.section(),
                MonitoringConfig.section());
    }

    /** All keys but those of single hosts. */
    public static ConfigDef definition(LocalHost localHost) {
        var definition = new ConfigDef();
        for (ConfigSection section : sections(localHost)) {
            int order = 0;
            for (ConfigKey key : section.keys()) {
                key.define(definition, key.name(), section.group(), ++order, dependents(localHost, key));
            }
        }
        return definition;
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
        return new AbstractConfig(definition(localHost), properties, false);
    }

    private static List<String> dependents(LocalHost localHost, ConfigKey key) {
        return sections(localHost).stream()
                .flatMap(section -> section.keys().stream())
                .filter(other ->
                        other.shownIf() != null && other.shownIf().keys().contains(key.name()))
                .map(ConfigKey::name)
                .toList();
    }
}
