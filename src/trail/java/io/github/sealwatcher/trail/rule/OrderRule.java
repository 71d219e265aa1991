package io.github.sealwatcher.trail.rule;

import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.Origin;
import io.github.sealwatcher.trail.fold.FoldedContainer;
import io.github.sealwatcher.trail.fold.Step;
import org.jspecify.annotations.Nullable;

/** G1: start, then any of pause and unpause, then die, from where the trail begins. */
public final class OrderRule {
    private final Findings findings;
    private final Beginnings beginnings;

    /** Adds what it finds to {@code findings}. */
    public OrderRule(Findings findings, Beginnings beginnings) {
        this.findings = findings;
        this.beginnings = beginnings;
    }

    /** Checks the fold's next step. */
    public void check(Step step) {
        ContainerEvent event = step.event();
        FoldedContainer before = step.before();
        switch (event.type()) {
            case "start" -> {
                if (before != null && !isReportedAgain(before, event)) {
                    findings.add(
                            Rule.ORDER,
                            event,
                            "a start without a die after the start at "
                                    + before.start().place());
                }
            }
            case "die" -> needsLife(event, before, "a die without a start");
            case "pause" -> {
                needsLife(event, before, "a pause without a start");
                if (before != null && before.paused()) {
                    findings.add(
                            Rule.ORDER,
                            event,
                            "a pause of what is paused since " + before.last().place());
                }
            }
            case "unpause" -> {
                needsLife(event, before, "an unpause without a start");
                if (before != null && !before.paused()) {
                    findings.add(Rule.ORDER, event, "an unpause of what isn't paused");
                }
            }
            default -> {
                // Comes at any time.
            }
        }
    }

    /** A snapshot reports alive containers again: with {@code snapshot.mode=always}, or after the offset was deleted. */
    private static boolean isReportedAgain(FoldedContainer before, ContainerEvent start) {
        return start.origin() == Origin.SNAPSHOT && !before.isEndedBy(start);
    }

    private void needsLife(ContainerEvent event, @Nullable FoldedContainer before, String what) {
        if (before == null && !beginnings.mayHide(event)) {
            findings.add(Rule.ORDER, event, what);
        }
    }
}
