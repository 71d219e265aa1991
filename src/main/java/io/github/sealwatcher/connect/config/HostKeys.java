package io.github.sealwatcher.connect.config;

import io.github.sealwatcher.engine.podman.Machine;
import io.github.sealwatcher.model.HostName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.jspecify.annotations.Nullable;

/**
 * The keys that are set for single hosts, as {@code podman.host.<name>.<key>}.
 *
 * @param byHost for each host the keys without that prefix
 * @param problems what is wrong with a key, by its full name
 */
public record HostKeys(Map<HostName, Map<String, String>> byHost, Map<String, String> problems) {

    public static final String PREFIX = "podman.host.";

    public static HostKeys of(Map<String, String> properties, List<HostEntry> hosts, Machine machine) {
        Map<String, Key> keys = keys(machine);
        Map<HostName, Map<String, String>> byHost = new HashMap<>();
        Map<String, String> problems = new LinkedHashMap<>();
        for (Map.Entry<String, String> property : new TreeMap<>(properties).entrySet()) {
            String name = property.getKey();
            if (!name.startsWith(PREFIX)) {
                continue;
            }
            @Nullable HostName host = hostOf(name, hosts);
            @Nullable String problem;
            if (host == null && properties.get(HostsConfig.FILE) != null) {
                // Hosts come and go with the inventory; what is set for one that isn't there waits for it.
                continue;
            }
            if (host == null) {
                problem = "no host of that name; " + HostsConfig.HOSTS + " has "
                        + String.join(
                                ", ",
                                hosts.stream()
                                        .map(entry -> entry.name().value())
                                        .toList());
            } else {
                String bare = name.substring(PREFIX.length() + host.value().length() + 1);
                problem = problem(name, bare, keys, properties);
                byHost.computeIfAbsent(host, any -> new HashMap<>()).put(bare, property.getValue());
            }
            if (problem != null) {
                problems.put(name, problem);
            }
        }
        return new HostKeys(byHost, problems);
    }

    /** The keys of one host, without the prefix. */
    Map<String, String> of(HostName host) {
        return byHost.getOrDefault(host, Map.of());
    }

    /** The host that a key is for; null if none. A name may contain dots, so the longest that fits is meant. */
    public static @Nullable HostName hostOf(String key, List<HostEntry> hosts) {
        @Nullable HostName longest = null;
        for (HostEntry host : hosts) {
            HostName name = host.name();
            if (key.startsWith(PREFIX + name + ".")
                    && (longest == null
                            || name.value().length() > longest.value().length())) {
                longest = name;
            }
        }
        return longest;
    }

    private static @Nullable String problem(
            String fullName, String bare, Map<String, Key> keys, Map<String, String> properties) {
        Key key = keys.get(bare);
        if (key == null) {
            return "no key of that name can be set for a single host" + Spelling.didYouMean(bare, keys.keySet());
        }
        var alone = new ConfigDef();
        key.define(alone, fullName, "", 1, List.of());
        List<String> errors = new ArrayList<>();
        for (ConfigValue value : alone.validate(properties)) {
            errors.addAll(value.errorMessages());
        }
        return errors.isEmpty() ? null : String.join("; ", errors);
    }

    private static Map<String, Key> keys(Machine machine) {
        Map<String, Key> keys = new TreeMap<>();
        for (Section section : PodmanConfig.sections(machine)) {
            if (section.perHost()) {
                section.keys().forEach(key -> keys.put(key.name(), key));
            }
        }
        return keys;
    }
}
