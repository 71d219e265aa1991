package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.watch.Emission;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.state.ClockReading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What reached the topics, and the checkpoint that was stored with it. */
final class Trail {

    private final boolean exactlyOnce;
    private final List<Part> parts = new ArrayList<>();
    private final List<Emitted> underWay = new ArrayList<>();
    private Part part = new Part(Long.MAX_VALUE, Long.MIN_VALUE);
    private @Nullable Checkpoint stored;
    private long storedTicks;
    private long earlierTicks = Long.MIN_VALUE;

    /**
     * An emission that reached the topics.
     *
     * @param ticks when the core gave it out
     * @param kept whether its checkpoint was stored too, or nothing went wrong before that
     * @param justified whether history had lost something, if it says so
     */
    record Emitted(Emission emission, long ticks, boolean kept, boolean justified) {}

    /** What is told from one stored offset to the next that doesn't come from it. */
    static final class Part {
        final List<Emitted> emitted = new ArrayList<>();
        /** From when on all is to be told: since somebody tried to connect. */
        long beginTicks;
        /** The hosts that answered. */
        final Set<Integer> machines = new HashSet<>();

        /** When the host first answered; never as long as it didn't. */
        long answeredTicks = Long.MAX_VALUE;

        /** When somebody first tried to connect: that is where the trail begins, by the host's clock as it was then. */
        long triedTicks = Long.MAX_VALUE;

        /** When history was first read to its end since; never as long as it was not. */
        private long readTicks = Long.MAX_VALUE;
        /** When it first was, by a process that stored what came of it; never as long as none did. */
        private long keptTicks = Long.MAX_VALUE;
        /** When history first showed anything of each container, by what is known to whoever goes on. */
        private final Map<String, Long> shownTicks = new HashMap<>();
        /** Whether the log that was read then began before the trail did. */
        private boolean isWhole;

        /** The same by the host's clock, if an operator said it so. */
        final long beginNs;

        Part(long beginTicks, long beginNs) {
            this.beginTicks = beginTicks;
            this.beginNs = beginNs;
        }

        /** The process that first tried to connect, and how far the worker's clock was ahead then. */
        private int triedBy = Integer.MAX_VALUE;

        private long triedAheadNs;
        /** Whether the present process goes on from what was stored before the host first answered. */
        private boolean isAnswerForgotten;
        /** What the worker's clock showed then, as long as no answer tells that the host's did not; else the least value. */
        private long workersNs = Long.MIN_VALUE;

        /**
         * Until then, whoever goes on has nothing that shows whether a line was written later than those of before the begin can
         * be.
         */
        private long lateUntilTicks = Long.MIN_VALUE;

        /** By how much earlier the begin seems to be to a process that has it by a clock that was set since. */
        private long seemsEarlierNs;
        /** The same by how much later. */
        private long seemsLaterNs;

        /** A process tries to connect. */
        void begin(SimClock clock, int process) {
            beginTicks = beginTicks == Long.MAX_VALUE ? clock.ticks() : beginTicks;
            triedTicks = Math.min(triedTicks, beginTicks);
            if (triedBy == Integer.MAX_VALUE) {
                triedBy = process;
                triedAheadNs = clock.workerAheadNs();
                workersNs = clock.now().wallNs();
            }
        }

        /** The host's clock was read before anybody who stored that had read history. */
        void told(@Nullable ClockReading reading) {
            if (reading == null) {
                return;
            }
            long askedNs = workersNs + reading.askedTicks() - triedTicks;
            long answeredNs = workersNs + reading.answeredTicks() - triedTicks;
            boolean alike = answeredNs >= reading.hostNs() && askedNs < reading.hostNs() + SimClock.SECOND_NS;
            if (keptTicks == Long.MAX_VALUE && !alike) {
                workersNs = Long.MIN_VALUE;
            }
        }

        /** The host answers: as long as no answer is stored, the next process knows the begin by the worker's clock only. */
        void answered(SimClock clock, int process) {
            if (answeredTicks == Long.MAX_VALUE) {
                answeredTicks = clock.ticks();
                if (clock.isSet(beginTicks, clock.ticks())) {
                    // What was before has time stamps of a clock that nobody knows.
                    beginTicks = clock.ticks();
                }
            } else if (!isAnswerForgotten) {
                return;
            }
            isAnswerForgotten = false;
            if (process != triedBy) {
                seemsEarlierNs = Math.max(0, clock.workerAheadNs() - triedAheadNs);
                seemsLaterNs = Math.max(0, triedAheadNs - clock.workerAheadNs());
            }
        }

        /** The earliest moment at which it can seem to have begun. */
        long earliestTicks() {
            return beginTicks - seemsEarlierNs;
        }

        /** The latest that the host's clock can seem to have shown when it began. */
        long latestNs(SimClock clock) {
            long shownNs = Math.max(clock.hostNs(triedTicks), clock.hostNs(beginTicks));
            return Math.max(shownNs + seemsLaterNs, workersNs);
        }

        /**
         * History was read to its end. Which events were before the begin only their stamps tell, and those of a clock that was
         * set since do not.
         */
        void read(SimClock clock, long logBeginsNs) {
            if (keptTicks == Long.MAX_VALUE && clock.isSet(beginTicks, clock.ticks())) {
                // To a process that goes on from before an earlier reading only what came behind the step is surely
                // later.
                beginTicks = readTicks == Long.MAX_VALUE ? clock.ticks() : clock.lastSetTicks(clock.ticks()) + 1;
            }
            readTicks = Math.min(readTicks, clock.ticks());
            if (clock.ticks() < keptTicks) {
                keptTicks = clock.ticks();
                isWhole = logBeginsNs <= (isByStamp() ? beginNs : clock.hostNs(triedTicks));
            }
        }

        /**
         * The next process goes on from what was stored then. Whoever failed by the gap at the begin of the log, or had not read
         * that yet, stored nothing of what he read.
         */
        void goOnFrom(long storedTicks, @Nullable Checkpoint stored, long nowTicks) {
            boolean read = stored != null && stored.newestEvent() != null;
            keptTicks = keptTicks > storedTicks || !read ? Long.MAX_VALUE : keptTicks;
            isAnswerForgotten = answeredTicks > storedTicks;
            boolean early = storedTicks < beginTicks + SimPodman.LATEST_WRITE_NS;
            lateUntilTicks = early ? Math.max(lateUntilTicks, nowTicks) : lateUntilTicks;
            shownTicks.values().removeIf(ticks -> ticks > storedTicks);
        }

        /** Whether nobody who stored what came of it has read history by then: only the begin is known. */
        boolean isUnread(long ticks) {
            return !isByStamp() && ticks < keptTicks;
        }

        /**
         * Whether the endpoint led to another host by then, whose log begins before the trail does: whoever goes on from the
         * begin alone, finds no difference to the first one.
         */
        boolean isExchanged(long leftTicks) {
            return isWhole && leftTicks < keptTicks;
        }

        /** History showed a line, which it held when it was first read to its end. */
        void shown(Line line, long ticks) {
            if (line.writtenTicks <= readTicks) {
                shownTicks.putIfAbsent(line.event.actorId(), ticks);
            }
        }

        /** Whether history showed anything of it to a process that lived on, or stored what it reported later. */
        boolean couldKnow(ContainerId id) {
            return shownTicks.containsKey(id.value());
        }

        boolean isByStamp() {
            return beginNs != Long.MIN_VALUE;
        }

        /** HTTP tells the host's clock in whole seconds: what is lost of the first of them may have been before the trail. */
        boolean isAtBegin(Fact fact) {
            return fact.ticks() < beginTicks + Simulation.UNSURE_NS;
        }

        /**
         * The clock was set back in the first second, before anybody could know what it had shown, or before history was read
         * by anybody who stored that: it seems to be from before. Or the worker's was, by which alone the next process knew the
         * begin.
         */
        boolean isBeforeBegin(Fact fact, Simulation run) {
            long beginNs = latestNs(run.clock);
            boolean late = fact.ticks() <= lateUntilTicks
                    && fact.stampNs() >= beginNs - SimPodman.LATEST_WRITE_NS
                    && !run.podman.truth.isBehindLineSince(fact, beginTicks, beginNs);
            return (isAtBegin(fact) || isUnread(fact.ticks()) || late) && fact.stampNs() < beginNs;
        }

        /** Whether it is to be told: of a host that nobody ever saw nothing is. */
        boolean covers(Fact fact) {
            return machines.contains(fact.life().container.machine) && isAfterBegin(fact);
        }

        private boolean isAfterBegin(Fact fact) {
            return isByStamp() ? fact.stampNs() >= beginNs : fact.ticks() >= beginTicks;
        }

        List<HostChange> gaps() {
            return emitted.stream()
                    .flatMap(it -> it.emission().hostChanges().stream())
                    .filter(change -> change.gap() != null)
                    .toList();
        }
    }

    Trail(boolean exactlyOnce) {
        this.exactlyOnce = exactlyOnce;
        parts.add(part);
    }

    void take(Emission emission, long ticks, boolean justified) {
        underWay.add(new Emitted(emission, ticks, true, justified));
    }

    /** The first {@code count} of those under way reach the topics, with the checkpoint of the last of them. */
    void commit(long count) {
        List<Emitted> batch = underWay.subList(0, (int) Math.min(count, underWay.size()));
        for (Emitted emitted : batch) {
            part.emitted.add(emitted);
            stored = emitted.emission().checkpoint();
            earlierTicks = storedTicks;
            storedTicks = emitted.ticks();
        }
        batch.clear();
    }

    /** A crash: what is under way is lost, or delivered without its checkpoint. */
    void crash() {
        if (!exactlyOnce) {
            for (Emitted emitted : underWay) {
                part.emitted.add(new Emitted(emitted.emission(), emitted.ticks(), false, emitted.justified()));
            }
        }
        underWay.clear();
    }

    /** An operator sets what is stored. */
    void set(@Nullable Checkpoint other) {
        underWay.clear();
        stored = other;
        storedTicks = Long.MIN_VALUE;
    }

    /**
     * What comes then doesn't follow from what was told before.
     *
     * @param beginNs from when on all is to be told, by the host's clock; the least value if from now on
     */
    void beginAnew(long beginNs) {
        part = new Part(Long.MAX_VALUE, beginNs);
        parts.add(part);
    }

    @Nullable
    Checkpoint stored() {
        return stored;
    }

    /** When that was given out which is stored. */
    long storedTicks() {
        return storedTicks;
    }

    /** When that was given out which was stored before: a gap that ends the process adds nothing to it. */
    long earlierTicks() {
        return earlierTicks;
    }

    List<Part> parts() {
        return parts;
    }

    Part last() {
        return part;
    }
}
