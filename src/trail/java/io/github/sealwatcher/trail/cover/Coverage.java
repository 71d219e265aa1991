package io.github.sealwatcher.trail.cover;

import io.github.sealwatcher.trail.cover.BlindWindow.Kind;
import io.github.sealwatcher.trail.event.HostEvent;
import io.github.sealwatcher.trail.event.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Finds the blind windows in the host events and the heartbeats. */
public final class Coverage {
    /** Heartbeats come every 30 s by default. */
    private static final long SILENCE_NS = TimeUnit.MINUTES.toNanos(2);

    private final Map<String, Host> hosts = new TreeMap<>();

    private static final class Host {
        private final List<BlindWindow> windows = new ArrayList<>();
        private long firstNs = Long.MAX_VALUE;
        private long newestNs = Long.MIN_VALUE;
        private final List<Loss> losses = new ArrayList<>();
        private @Nullable HostEvent lost;
        private @Nullable Long heartbeatNs;
    }

    /** Takes the next record of the host topic; those of one host must come in their order. */
    public void add(HostEvent event) {
        Host host = host(event.host());
        host.firstNs = Math.min(host.firstNs, event.timeNs());
        host.newestNs = Math.max(host.newestNs, event.timeNs());
        Window gap = event.gap();
        if (gap != null) {
            host.losses.add(new Loss(gap, Long.MAX_VALUE, event.reason()));
        } else if (event.type().equals("disconnected")) {
            host.lost = host.lost == null ? event : host.lost;
        } else if (event.type().equals("synchronized")) {
            host.losses.replaceAll(
                    loss -> loss.isOpen() ? new Loss(loss.window(), event.timeNs(), loss.reason()) : loss);
            if (host.lost != null) {
                long from = host.lost.timeNs();
                Window window = new Window(from, Math.max(from, event.timeNs()));
                host.windows.add(new BlindWindow(event.host(), window, Kind.LATE, host.lost.reason()));
                host.lost = null;
            }
        }
    }

    /** Takes a record of the heartbeat topic. */
    public void heartbeat(HostEvent heartbeat) {
        Host host = host(heartbeat.host());
        host.heartbeatNs = heartbeat.timeNs();
        host.newestNs = Math.max(host.newestNs, heartbeat.timeNs());
    }

    /**
     * The coverage of each host.
     *
     * @param nowNs where all spans end
     */
    public List<HostCoverage> until(long nowNs) {
        List<HostCoverage> coverages = new ArrayList<>();
        hosts.forEach((name, host) -> {
            if (host.firstNs <= nowNs) {
                coverages.add(coverage(name, host, nowNs));
            }
        });
        return coverages;
    }

    /** The time of the newest host event or heartbeat; {@link Long#MIN_VALUE} if there is none. */
    public long newestNs() {
        return hosts.values().stream().mapToLong(host -> host.newestNs).max().orElse(Long.MIN_VALUE);
    }

    private static HostCoverage coverage(String name, Host host, long nowNs) {
        Window span = new Window(host.firstNs, nowNs);
        List<BlindWindow> windows = new ArrayList<>(host.windows);
        for (Loss loss : host.losses) {
            windows.add(new BlindWindow(name, loss.window(), Kind.GAP, loss.reason()));
            long untilNs = loss.blindUntilNs(host.losses, nowNs);
            if (untilNs > loss.window().toNs()) {
                windows.add(new BlindWindow(
                        name,
                        new Window(loss.window().toNs(), untilNs),
                        Kind.UNSETTLED,
                        "what the gap before it changed was not known yet"));
            }
        }
        if (host.lost != null) {
            windows.add(open(name, host.lost.timeNs(), nowNs, Kind.UNSEEN, host.lost.reason()));
        } else if (host.heartbeatNs != null && nowNs - Math.max(host.heartbeatNs, host.newestNs) > SILENCE_NS) {
            windows.add(open(name, host.newestNs, nowNs, Kind.SILENT, "no heartbeat since"));
        }
        List<BlindWindow> clipped = windows.stream()
                .filter(window -> window.window().meets(span))
                .map(window -> new BlindWindow(name, window.window().and(span), window.kind(), window.reason()))
                .sorted(Comparator.comparingLong(window -> window.window().fromNs()))
                .toList();
        return new HostCoverage(name, span, clipped, List.copyOf(host.losses));
    }

    private static BlindWindow open(String host, long fromNs, long nowNs, Kind kind, String reason) {
        return new BlindWindow(host, new Window(fromNs, Math.max(fromNs, nowNs)), kind, reason);
    }

    private Host host(String name) {
        return hosts.computeIfAbsent(name, key -> new Host());
    }
}
