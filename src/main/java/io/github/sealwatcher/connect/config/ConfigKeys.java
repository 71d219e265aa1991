package io.github.sealwatcher.connect.config;

import io.github.sealwatcher.engine.podman.LocalHost;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;

/** All keys of the connector, in their groups. */
public final class ConfigKeys {

    private ConfigKeys() {}

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

    private static List<String> dependents(LocalHost localHost, ConfigKey key) {
        return sections(localHost).stream()
                .flatMap(section -> section.keys().stream())
                .filter(other ->
                        other.shownIf() != null && other.shownIf().keys().contains(key.name()))
                .map(ConfigKey::name)
                .toList();
    }
}
