package io.github.sealwatcher.connect.config;

import io.github.sealwatcher.engine.podman.LocalHost;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.transport.Address;
import io.github.sealwatcher.transport.AddressParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One entry of {@code podman.hosts}.
 *
 * @param name the host's logical name
 * @param address where its Podman API is
 */
public record HostEntry(HostName name, Address address) {

    /**
     * The hosts of a list; if it is empty, the one that Podman's own clients would find.
     *
     * @throws IllegalArgumentException naming the entry, what is expected and what was found
     */
    public static List<HostEntry> parse(List<?> entries, LocalHost localHost) {
        if (entries.isEmpty()) {
            return List.of(parseOne(localHost.podmanUri(), localHost));
        }
        Map<HostName, HostEntry> byName = new HashMap<>();
        List<HostEntry> hosts = new ArrayList<>();
        for (Object entry : entries) {
            HostEntry host = parseOne(String.valueOf(entry), localHost);
            HostEntry same = byName.put(host.name, host);
            if (same != null) {
                throw new IllegalArgumentException("host names must be unique, found \"" + host.name + "\" for "
                        + same.address + " and for " + host.address + ": give each its own, as name=uri");
            }
            hosts.add(host);
        }
        return List.copyOf(hosts);
    }

    /** As it is written in {@code podman.hosts}. */
    @Override
    public String toString() {
        return name + "=" + address.uri();
    }

    private static HostEntry parseOne(String entry, LocalHost localHost) {
        int equals = entry.indexOf('=');
        int scheme = entry.indexOf("://");
        boolean named = equals >= 0 && (scheme < 0 || equals < scheme);
        Address address = AddressParser.parse((named ? entry.substring(equals + 1) : entry).trim());
        HostName name = named ? new HostName(entry.substring(0, equals).trim()) : localHost.nameOf(address);
        return new HostEntry(name, address);
    }
}
