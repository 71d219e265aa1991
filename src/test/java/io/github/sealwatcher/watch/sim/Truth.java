package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What really happened, written down by the simulated host itself. */
final class Truth {

    private final List<Fact> facts = new ArrayList<>();
    private final Set<EngineEvent> lost = new HashSet<>();
    private final Set<EngineEvent> unwritten = new HashSet<>();
    private long firstLossTicks = Long.MAX_VALUE;

    /**
     * A start or an end.
     *
     * @param ticks when it happened
     * @param life the life that began or ended
     * @param begunTicks when that life began
     */
    record Fact(EngineEvent event, long ticks, Life life, long begunTicks) {
        boolean isStart() {
            return event.action().equals("start");
        }
    }

    void happened(EngineEvent event, long ticks, SimContainer container) {
        boolean start = event.action().equals("start");
        if (start) {
            container.begunTicks = ticks;
        }
        if (start || event.action().equals("died")) {
            facts.add(new Fact(event, ticks, Life.exact(container.startedAtNs, container.pid), container.begunTicks));
        }
    }

    /** History no longer holds it. */
    void lost(EngineEvent event) {
        lost.add(event);
    }

    /** It happened while there was no log, which was known. */
    void unwritten(EngineEvent event) {
        unwritten.add(event);
    }

    /** That it was known is forgotten with who knew it. */
    void forgive() {
        unwritten.clear();
    }

    boolean isUnwritten(EngineEvent event) {
        return unwritten.contains(event);
    }

    /** From now on history may lack something. */
    void losing(long ticks) {
        firstLossTicks = Math.min(firstLossTicks, ticks);
    }

    long firstLossTicks() {
        return firstLossTicks;
    }

    boolean isLossy() {
        return firstLossTicks != Long.MAX_VALUE;
    }

    List<Fact> facts() {
        return facts;
    }

    boolean isLost(EngineEvent event) {
        return lost.contains(event);
    }
}
