package io.github.sealwatcher.trail.rule;

import io.github.sealwatcher.trail.event.HostEvent;
import io.github.sealwatcher.trail.event.Place;
import io.github.sealwatcher.trail.event.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The host events of each host, and the rule for them. Holds the gaps, not the rest. */
public final class HostEvents {
    /** Clocks of worker and host may differ that much without anybody noticing. */
    private static final long SLACK_NS = TimeUnit.SECONDS.toNanos(10);

    private static final String REMOVED = "the host is no longer configured";

    private final Findings findings;
    private final boolean repeats;
    private final Map<String, List<Gap>> gaps = new HashMap<>();
    private final Map<String, Long> lastConnect = new HashMap<>();
    private final Map<String, Long> lastSync = new HashMap<>();
    private final Map<String, HostEvent> last = new HashMap<>();
    private final Set<GapKey> gapKeys = new HashSet<>();
    private long count;

    /** @param connectedNs when the host was connected last before the gap was reported */
    private record Gap(Window window, long connectedNs) {}

    private record GapKey(String host, long timeNs, Window window) {}

    /** @param repeats whether a worker without exactly-once support may have repeated records */
    public HostEvents(Findings findings, boolean repeats) {
        this.findings = findings;
        this.repeats = repeats;
    }

    /** Takes the next record; those of one host must come in their order. */
    public void add(HostEvent event) {
        count++;
        String host = event.host();
        HostEvent before = last.put(host, event);
        boolean again = before != null && isSame(before, event);
        Window gap = event.gap();
        if (gap != null) {
            again |= !gapKeys.add(new GapKey(host, event.timeNs(), gap));
            gaps.computeIfAbsent(host, key -> new ArrayList<>())
                    .add(new Gap(gap, lastConnect.getOrDefault(host, Long.MAX_VALUE)));
            if (gap.fromNs() > gap.toNs()) {
                findings.add(Rule.HOST, event.place(), host, null, "a gap that ends before it begins");
            }
        } else if (event.isGap()) {
            findings.add(Rule.HOST, event.place(), host, null, "a gap without a beginning or an end");
        }
        if (again && !repeats) {
            Place place = event.place();
            findings.add(Rule.HOST, place, host, null, event.type() + " is there twice");
        }
        if (event.type().equals("connected")) {
            lastConnect.merge(host, event.timeNs(), Math::max);
        }
        if (event.type().equals("synchronized")) {
            lastSync.merge(host, event.timeNs(), Math::max);
        }
    }

    /** How many records there were. */
    public long count() {
        return count;
    }

    /** How many gaps. */
    public int gapCount() {
        return gaps.values().stream().mapToInt(List::size).sum();
    }

    /** Whether there is anything to judge by: the topic can be switched off. */
    public boolean isEmpty() {
        return count == 0;
    }

    /** What history lost of a host. */
    public List<Window> gaps(String host) {
        return gaps.getOrDefault(host, List.of()).stream().map(Gap::window).toList();
    }

    /**
     * Whether a worker without exactly-once support may have forgotten what happened then, although it was reported: it
     * lies in a gap, and the host was connected anew between that and the gap. A task that is started again connects.
     */
    boolean mayBeForgotten(String host, long timeNs) {
        return gaps.getOrDefault(host, List.of()).stream()
                .anyMatch(gap -> gap.window().covers(timeNs) && gap.connectedNs() >= timeNs - SLACK_NS);
    }

    /** The hosts that left the configuration: their rows may have been removed, though their containers go on. */
    Set<String> forgotten() {
        return last.values().stream()
                .filter(event ->
                        event.type().equals("disconnected") && event.reason().equals(REMOVED))
                .map(HostEvent::host)
                .collect(Collectors.toSet());
    }

    /** Whether a host was wholly known at a time or later. */
    public boolean synchronizedSince(String host, long timeNs) {
        return lastSync.getOrDefault(host, Long.MIN_VALUE) >= timeNs;
    }

    private static boolean isSame(HostEvent one, HostEvent other) {
        return one.type().equals(other.type())
                && one.timeNs() == other.timeNs()
                && one.reason().equals(other.reason());
    }
}
