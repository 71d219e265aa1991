package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What really happened, written down by the simulated host itself. */
final class Truth {

    private static final Set<String> TOLD = Set.of("start", "died", "pause", "unpause");

    private final List<Fact> facts = new ArrayList<>();
    private final Set<EngineEvent> lost = new HashSet<>();
    private final Set<EngineEvent> unwritten = new HashSet<>();
    private long firstLossTicks = Long.MAX_VALUE;

    /**
     * A start, an end, a pause or the end of one.
     *
     * @param ticks when it happened
     * @param life the life that it is part of
     * @param begunTicks when that life began
     */
    record Fact(EngineEvent event, long ticks, Life life, long begunTicks) {
        boolean isStart() {
            return event.action().equals("start");
        }

        boolean isEnd() {
            return event.action().equals("died");
        }
    }

    void happened(EngineEvent event, long ticks, SimContainer container) {
        boolean start = event.action().equals("start");
        if (start) {
            container.begunTicks = ticks;
        }
        if (TOLD.contains(event.action())) {
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
