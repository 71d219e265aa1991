package io.github.sealwatcher.connect;

import io.github.sealwatcher.connect.config.HostConfig;
import io.github.sealwatcher.connect.record.Removal;
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
record Watched(List<HostConfig> hosts, List<Removal> removals) {

    static final Watched NOTHING = new Watched(List.of(), List.of());

    Watched {
        hosts = List.copyOf(hosts);
        removals = List.copyOf(removals);
    }

    /** The hosts that are watched and those that left of late. */
    Set<HostName> names() {
        return Stream.concat(
                        hosts.stream().map(HostConfig::name), removals.stream().map(Removal::host))
                .collect(Collectors.toSet());
    }

    /**
     * With other hosts from now on.
     *
     * @param forgetting removals that are older are forgotten
     */
    Watched becoming(List<HostConfig> next, Instant forgetting) {
        Set<HostName> names = next.stream().map(HostConfig::name).collect(Collectors.toSet());
        long nowNs = nanoseconds(Instant.now());
        List<Removal> left = new ArrayList<>();
        for (Removal removal : removals) {
            if (!names.contains(removal.host()) && removal.atNs() >= nanoseconds(forgetting)) {
                left.add(removal);
            }
        }
        for (HostConfig host : hosts) {
            if (!names.contains(host.name())) {
                left.add(new Removal(host.name(), nowNs));
            }
        }
        return new Watched(next, left);
    }

    static long nanoseconds(Instant time) {
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }
}
