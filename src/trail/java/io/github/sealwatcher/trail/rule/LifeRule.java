package io.github.sealwatcher.trail.rule;

import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.Pod;
import io.github.sealwatcher.trail.fold.FoldedContainer;
import io.github.sealwatcher.trail.fold.StartTimes;
import io.github.sealwatcher.trail.fold.Step;
import org.jspecify.annotations.Nullable;

/** The records of one life agree: two lives that were merged into one don't. */
final class LifeRule {
    private final Findings findings;
    private final Beginnings beginnings;
    private boolean pods;

    LifeRule(Findings findings, Beginnings beginnings) {
        this.findings = findings;
        this.beginnings = beginnings;
    }

    void check(Step step) {
        ContainerEvent event = step.event();
        pods |= event.type().equals("pod_association");
        if (!event.isTurn()) {
            return;
        }
        FoldedContainer before = step.before();
        if (before != null && !event.type().equals("start")) {
            StartTimes began = StartTimes.of(before.start());
            StartTimes times = StartTimes.of(event);
            if (began != null && times != null && !began.agree(times)) {
                findings.add(
                        Rule.LIFE,
                        event,
                        "a " + event.type() + " of a life that began at "
                                + event.container().startedAtNs() + ", but the start before, at "
                                + before.start().place() + ", is of one that began at "
                                + before.start().container().startedAtNs());
            }
        }
        // Whoever has no pod_association in events.include has no pods to compare.
        if (pods && !beginnings.isCut() && !id(step.podBefore()).equals(id(event.pod()))) {
            findings.add(
                    Rule.LIFE,
                    event,
                    "its pod is " + name(event.pod()) + ", by the pod_associations before it is "
                            + name(step.podBefore()));
        }
    }

    private static String id(@Nullable Pod pod) {
        return pod == null ? "" : pod.id();
    }

    private static String name(@Nullable Pod pod) {
        return pod == null ? "no pod" : "pod " + pod.label();
    }
}
