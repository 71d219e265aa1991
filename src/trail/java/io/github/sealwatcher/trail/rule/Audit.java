package io.github.sealwatcher.trail.rule;

import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.HostEvent;
import io.github.sealwatcher.trail.event.StateRow;
import io.github.sealwatcher.trail.event.TrailRecord;
import io.github.sealwatcher.trail.event.Unreadable;
import io.github.sealwatcher.trail.fold.Fold;
import io.github.sealwatcher.trail.fold.Step;

/**
 * Holds a trail against all rules. The host topic comes first and whole, as gaps are reported in another topic than what
 * was inferred because of them; then the events, then the state topic. One thread.
 */
public final class Audit {
    private final Findings findings;
    private final Beginnings beginnings;
    private final EventIds ids;
    private final boolean atLeastOnce;
    private final HostEvents hosts;
    private final Fold fold = new Fold();
    private final StateTable table = new StateTable();
    private final RecentEvents recent = new RecentEvents();
    private final OrderRule order;
    private final IdentityRule identity;
    private final LifeRule life;
    private final InferredRule inferred;
    private long events;
    private long repeated;
    private int fromBefore;

    /**
     * An audit of nothing yet.
     *
     * @param atLeastOnce whether a worker without exactly-once support may have repeated records after a crash: the same
     *     event under the same id
     */
    public Audit(Findings findings, Beginnings beginnings, EventIds ids, boolean atLeastOnce) {
        this.findings = findings;
        this.beginnings = beginnings;
        this.ids = ids;
        this.atLeastOnce = atLeastOnce;
        hosts = new HostEvents(findings, atLeastOnce);
        order = new OrderRule(findings, beginnings);
        identity = new IdentityRule(findings);
        life = new LifeRule(findings, beginnings);
        inferred = new InferredRule(findings, hosts);
    }

    /** Takes the next record of any topic; those of one key must come in their order. */
    public void add(TrailRecord record) {
        if (record instanceof ContainerEvent event) {
            event(event);
        } else if (record instanceof StateRow row) {
            table.add(row);
        } else if (record instanceof HostEvent event) {
            hosts.add(event);
        } else if (record instanceof Unreadable unreadable) {
            findings.add(Rule.READABLE, unreadable.place(), "", null, unreadable.why());
        }
    }

    private void event(ContainerEvent event) {
        events++;
        identity.check(event);
        ids.add(event);
        RecentEvents.Answer answer = recent.add(event);
        if (answer == RecentEvents.Answer.CHANGED) {
            findings.add(Rule.ONCE, event, "event_id " + event.eventId() + " was used before by a different record");
        }
        if (answer != RecentEvents.Answer.NEW) {
            return;
        }
        if (atLeastOnce && event.isTurn() && event.origin().isHeard() && isForgotten(event)) {
            // It was reported, and a later gap covers it: the worker lost the offset in a crash.
            findings.forget(event.key());
        }
        Step step = fold.apply(event);
        order.check(step);
        life.check(step);
        inferred.check(event);
    }

    private boolean isForgotten(ContainerEvent event) {
        return hosts.mayBeForgotten(event.key().host(), event.timeNs());
    }

    /** Whether fold and state topic are equal now; while the connector writes they may be so a moment later only. */
    public boolean isSettled() {
        Findings trial = new Findings(0);
        new StateRule(trial, beginnings, hosts.forgotten()).check(fold, table);
        return trial.count() == 0;
    }

    /**
     * Judges what can be judged only at the end.
     *
     * @param withTable whether there is a state topic: it can be switched off
     */
    public void finish(boolean withTable) {
        ids.eachTwice((id, first, second) -> {
            repeated++;
            if (!atLeastOnce) {
                findings.add(Rule.ONCE, second, "", null, "event_id " + id + " is at " + first + " too");
            }
        });
        if (!withTable) {
            return;
        }
        StateRule state = new StateRule(findings, beginnings, hosts.forgotten());
        state.check(fold, table);
        fromBefore = state.fromBefore();
    }

    /** Who is alive by the events. */
    public Fold fold() {
        return fold;
    }

    /** Who is alive by the state topic. */
    public StateTable table() {
        return table;
    }

    /** The events of the host topic. */
    public HostEvents hosts() {
        return hosts;
    }

    /** How many events there were. */
    public long events() {
        return events;
    }

    /** How many of them have a digest. */
    public long digests() {
        return identity.withDigest();
    }

    /** How many events were there before, known at the end only. */
    public long repeated() {
        return repeated;
    }

    /** How many rows are of lives that began before the trail does, known at the end only. */
    public int fromBefore() {
        return fromBefore;
    }
}
