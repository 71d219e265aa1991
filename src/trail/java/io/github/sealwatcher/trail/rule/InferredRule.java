package io.github.sealwatcher.trail.rule;

import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.Origin;
import java.util.concurrent.TimeUnit;

/** G3, G3a: a change without an event is inferred only where history was lost and a gap reports it, or at first sight. */
final class InferredRule {
    /** Clocks of worker and host may differ that much without anybody noticing. */
    private static final long SLACK_NS = TimeUnit.SECONDS.toNanos(10);

    private final Findings findings;
    private final HostEvents hosts;

    InferredRule(Findings findings, HostEvents hosts) {
        this.findings = findings;
        this.hosts = hosts;
    }

    void check(ContainerEvent event) {
        Origin origin = event.origin();
        if (event.isFiltered()) {
            if (origin != Origin.RECONCILED || event.exitCode() != null) {
                findings.add(Rule.INFERRED, event, "ended by a filter, yet heard of or with an exit code");
            }
        } else if (origin == Origin.RECONCILED) {
            inGap(event);
        } else if (origin == Origin.SNAPSHOT) {
            inSnapshot(event);
        }
    }

    private void inGap(ContainerEvent event) {
        String host = event.key().host();
        if (!hosts.isEmpty() && hosts.gaps(host).stream().noneMatch(gap -> gap.covers(event.timeNs()))) {
            findings.add(
                    Rule.INFERRED,
                    event,
                    "a reconciled " + event.type() + " at " + event.timeNs() + " in none of the "
                            + hosts.gaps(host).size() + " gaps of the host");
        }
    }

    private void inSnapshot(ContainerEvent event) {
        if (event.type().equals("die") || event.exitCode() != null) {
            findings.add(Rule.INFERRED, event, "a snapshot shows what is alive, never a die");
        } else if (!hosts.isEmpty() && !hosts.synchronizedSince(event.key().host(), event.timeNs() - SLACK_NS)) {
            findings.add(Rule.INFERRED, event, "a snapshot without a synchronization of the host afterwards");
        }
    }
}
