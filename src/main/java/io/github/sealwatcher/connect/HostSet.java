package io.github.sealwatcher.connect;

import io.github.sealwatcher.connect.config.HostConfig;
import io.github.sealwatcher.connect.record.HostRemoval;
import io.github.sealwatcher.model.HostName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a connector has its tasks do.
 *
 * @param hosts the hosts to watch, sorted by name
 * @param removals the hosts that left of late
 */
record HostSet(List<HostConfig> hosts, List<HostRemoval> removals) {

    static final HostSet NOTHING = new HostSet(List.of(), List.of());

    HostSet {
        hosts = List.copyOf(hosts);
        removals = List.copyOf(removals);
    }

    /** The hosts that are watched and those that left of late. */
    Set<HostName> names() {
        return Stream.concat(
                        hosts.stream().map(HostConfig::name), removals.stream().map(HostRemoval::host))
                .collect(Collectors.toSet());
    }

    /**
     * With other hosts from now on.
     *
     * @param forgetting removals that are older are forgotten
     */
    HostSet withHosts(List<HostConfig> next, Instant forgetting) {
        Set<HostName> names = next.stream().map(HostConfig::name).collect(Collectors.toSet());
        long nowNs = nanoseconds(Instant.now());
        List<HostRemoval> left = new ArrayList<>();
        for (HostRemoval removal : removals) {
            if (!names.contains(removal.host()) && removal.atNs() >= nanoseconds(forgetting)) {
                left.add(removal);
            }
        }
        for (HostConfig host : hosts) {
            if (!names.contains(host.name())) {
                left.add(new HostRemoval(host.name(), nowNs));
            }
        }
        return new HostSet(next, left);
    }

    static long nanoseconds(Instant time) {
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }
}
