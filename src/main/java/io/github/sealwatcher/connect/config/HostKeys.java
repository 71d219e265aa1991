package io.github.sealwatcher.connect.config;

import io.github.sealwatcher.engine.podman.LocalHost;
import io.github.sealwatcher.model.HostName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.jspecify.annotations.Nullable;

/**
 * The keys that are set for single hosts, as {@code podman.host.<name>.<key>}. Names and keys both have dots, so a key is
 * taken apart where a key that a host may have begins.
 *
 * @param byHost for each host the keys without that prefix
 * @param owners whose each key is, by its full name
 * @param waiting keys of hosts that aren't there, and that the inventory may bring; by their full name
 * @param problems what is wrong with a key, by its full name
 */
public record HostKeys(
        Map<HostName, Map<String, String>> byHost,
        Map<String, HostName> owners,
        Map<String, HostName> waiting,
        Map<String, String> problems) {

    public static final String PREFIX = "podman.host.";

    /** @param hosts those that are there now */
    public static HostKeys of(Map<String, String> properties, List<HostEntry> hosts, LocalHost localHost) {
        Map<String, ConfigKey> keys = keys(localHost);
        Set<HostName> names = hosts.stream().map(HostEntry::name).collect(Collectors.toSet());
        HostKeys all = new HostKeys(new HashMap<>(), new HashMap<>(), new TreeMap<>(), new LinkedHashMap<>());
        new TreeMap<>(properties).forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                all.add(name, value, names, keys, properties);
            }
        });
        return all;
    }

    /** The keys of one host, without the prefix. */
    Map<String, String> of(HostName host) {
        return byHost.getOrDefault(host, Map.of());
    }

    private void add(
            String name,
            String value,
            Set<HostName> hosts,
            Map<String, ConfigKey> keys,
            Map<String, String> properties) {
        Owned owned = owned(name.substring(PREFIX.length()), hosts, keys.keySet());
        boolean inventory = properties.get(HostsConfig.FILE) != null;
        @Nullable String problem;
        if (owned == null) {
            problem = unowned(name.substring(PREFIX.length()), hosts, keys.keySet());
        } else if (hosts.contains(owned.host())) {
            byHost.computeIfAbsent(owned.host(), any -> new HashMap<>()).put(owned.key(), value);
            owners.put(name, owned.host());
            problem = problem(name, keys.get(owned.key()), properties);
        } else if (inventory) {
            // Hosts come and go with the inventory; what is set for one that isn't there waits for it.
            waiting.put(name, owned.host());
            problem = problem(name, keys.get(owned.key()), properties);
        } else {
            problem = noSuchHost(hosts);
        }
        if (problem != null) {
            problems.put(name, problem);
        }
    }

    private record Owned(HostName host, String key) {}

    /** The host and the key that a name is made of; a host that is there if that is possible, of several the longest. */
    private static @Nullable Owned owned(String rest, Set<HostName> hosts, Set<String> keys) {
        @Nullable Owned absent = null;
        for (int dot = rest.lastIndexOf('.'); dot > 0; dot = rest.lastIndexOf('.', dot - 1)) {
            String key = rest.substring(dot + 1);
            if (keys.contains(key) && HostName.isValid(rest.substring(0, dot))) {
                HostName host = new HostName(rest.substring(0, dot));
                if (hosts.contains(host)) {
                    return new Owned(host, key);
                }
                absent = absent == null ? new Owned(host, key) : absent;
            }
        }
        return absent;
    }

    private static String unowned(String rest, Set<HostName> hosts, Set<String> keys) {
        @Nullable String meant = null;
        boolean known = false;
        for (int dot = rest.lastIndexOf('.'); dot > 0; dot = rest.lastIndexOf('.', dot - 1)) {
            String key = rest.substring(dot + 1);
            boolean ofKnown =
                    HostName.isValid(rest.substring(0, dot)) && hosts.contains(new HostName(rest.substring(0, dot)));
            known |= ofKnown;
            String near = ofKnown ? KeySuggestion.didYouMean(key, keys) : KeySuggestion.nearMissQuestion(key, keys);
            meant = near.isEmpty() ? meant : near;
        }
        return !known && meant == null
                ? noSuchHost(hosts)
                : "no key of that name can be set for a single host" + (meant == null ? "" : meant);
    }

    private static String noSuchHost(Set<HostName> hosts) {
        return "no host of that name; " + HostsConfig.HOSTS + " has "
                + hosts.stream().map(HostName::value).sorted().collect(Collectors.joining(", "));
    }

    private static @Nullable String problem(String fullName, @Nullable ConfigKey key, Map<String, String> properties) {
        if (key == null) {
            return null;
        }
        var alone = new ConfigDef();
        key.define(alone, fullName, "", 1, List.of());
        List<String> errors = new ArrayList<>();
        for (ConfigValue value : alone.validate(properties)) {
            errors.addAll(value.errorMessages());
        }
        return errors.isEmpty() ? null : String.join("; ", errors);
    }

    private static Map<String, ConfigKey> keys(LocalHost localHost) {
        Map<String, ConfigKey> keys = new TreeMap<>();
        for (ConfigSection section : ConfigKeys.sections(localHost)) {
            if (section.perHost()) {
                section.keys().forEach(key -> keys.put(key.name(), key));
            }
        }
        return keys;
    }
}
