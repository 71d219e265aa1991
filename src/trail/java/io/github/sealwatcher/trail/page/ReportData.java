package io.github.sealwatcher.trail.page;

import io.github.sealwatcher.trail.cover.HostCoverage;
import io.github.sealwatcher.trail.event.Window;
import io.github.sealwatcher.trail.fold.Life;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a report shows.
 *
 * @param title above it
 * @param made a line with the command and the time that it was made by and at
 * @param window of time that it shows
 * @param hosts in the order in which they are shown
 * @param lives in the order in which the table shows them
 */
public record ReportData(String title, String made, Window window, List<HostCoverage> hosts, List<Life> lives) {

    /** Sorts the lives. */
    public static ReportData of(String title, String made, Window window, List<HostCoverage> hosts, List<Life> lives) {
        List<Life> sorted = new ArrayList<>(lives);
        sorted.sort(Comparator.comparing((Life life) -> life.key().host())
                .thenComparing(Life::fromNs)
                .thenComparing(life -> life.key().id()));
        return new ReportData(title, made, window, hosts, sorted);
    }

    /** All hosts: those that are covered, and those that have lives without a host topic. */
    List<String> hostNames() {
        Set<String> names = new LinkedHashSet<>();
        hosts.forEach(host -> names.add(host.host()));
        lives.forEach(life -> names.add(life.key().host()));
        return names.stream().sorted().toList();
    }
}
