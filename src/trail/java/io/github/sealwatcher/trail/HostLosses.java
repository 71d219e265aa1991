package io.github.sealwatcher.trail;

import io.github.sealwatcher.trail.cover.HostCoverage;
import io.github.sealwatcher.trail.event.Window;
import io.github.sealwatcher.trail.fold.AliveAt;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What history lost, host by host. A host without any record of its own lost nothing that is known. */
final class HostLosses implements AliveAt.Losses {
    private final Map<String, HostCoverage> hosts;

    HostLosses(List<HostCoverage> hosts) {
        this.hosts = hosts.stream().collect(Collectors.toMap(HostCoverage::host, Function.identity()));
    }

    @Override
    public boolean mayHaveChanged(String host, long knownNs, long timeNs, long nextNs) {
        HostCoverage coverage = hosts.get(host);
        return coverage != null && coverage.mayHaveChanged(knownNs, timeNs, nextNs);
    }

    @Override
    public boolean lost(String host, long fromNs, long toNs) {
        HostCoverage coverage = hosts.get(host);
        return coverage != null && coverage.lost(new Window(fromNs, toNs));
    }
}
