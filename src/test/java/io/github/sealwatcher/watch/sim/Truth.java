package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.Life;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What really happened, and why history can lack some of it, written down by the simulated host itself. */
final class Truth {

    private static final Map<String, ContainerChange.Kind> KINDS = Map.of(
            "start", ContainerChange.Kind.STARTED,
            "restore", ContainerChange.Kind.STARTED,
            "died", ContainerChange.Kind.DIED,
            "checkpoint", ContainerChange.Kind.DIED,
            "pause", ContainerChange.Kind.PAUSED,
            "unpause", ContainerChange.Kind.UNPAUSED,
            "create", ContainerChange.Kind.OTHER,
            "remove", ContainerChange.Kind.OTHER,
            "rename", ContainerChange.Kind.OTHER);

    private final List<Fact> facts = new ArrayList<>();
    private final Map<Key, Fact> byStamp = new HashMap<>();
    private final Map<ContainerId, List<RealLife>> lives = new HashMap<>();
    private final Map<Key, Left> left = new HashMap<>();
    private final List<Line> lines = new ArrayList<>();
    private final List<Cause> causes = new ArrayList<>();

    private final List<Departure> departures = new ArrayList<>();

    private record Left(RealLife life, long ticks) {
        /** Whether nobody has had the line of its end, and no list showed it so long behind the checkpoint that it can tell. */
        private boolean isTakenForEnd(Fact end, Sightings sightings) {
            return end.line().writtenTicks == Line.NEVER
                    || (end.line().heldTicks == Line.NEVER
                            && !sightings.wasAskedFor(ticks + Simulation.UNSURE_NS, end.ticks()));
        }
    }

    private record Departure(int machine, long ticks) {}

    private record Key(ContainerId id, long stampNs) {}

    /**
     * Why history lacks something, or may lack it for all that anybody who reads it can know.
     *
     * @param left what a cut left of the log: if any of it was known already, nothing unread is gone; null if it wasn't a cut
     */
    static final class Cause {
        final String why;
        final long ticks;
        long fromNs;
        long toNs;
        /** The latest that the host's clock has shown meanwhile; the least value if it was not set. */
        private long shownNs = Long.MIN_VALUE;
        /** Until when it lasted; the greatest value if it still does. */
        long untilTicks;
        /** The same until somebody tries whether it is over. */
        private long triedTicks;

        final @Nullable List<Line> left;

        Cause(String why, long ticks, long fromNs, long toNs, @Nullable List<Line> left) {
            this.why = why;
            this.ticks = ticks;
            this.untilTicks = Long.MAX_VALUE;
            this.triedTicks = Long.MAX_VALUE;
            this.fromNs = fromNs;
            this.toNs = toNs;
            this.left = left;
        }

        /** The host's clock is set while it lasts: it lies on both sides of that. */
        void set(long beforeNs, long afterNs) {
            fromNs = Math.min(fromNs, afterNs);
            shownNs = Math.max(shownNs, Math.max(beforeNs, afterNs));
        }

        /** It is over, which nobody knows before he tries. */
        void end(long atTicks, long atNs, long triedAfterNs) {
            untilTicks = atTicks;
            triedTicks = atTicks + triedAfterNs;
            toNs = Math.max(shownNs, atNs + triedAfterNs);
        }

        private boolean explains(HostChange.Window gap) {
            boolean loses = left == null || left.stream().noneMatch(line -> line.provenTicks <= ticks);
            return loses
                    && gap.fromNs() <= toNs + SimPodman.LATEST_WRITE_NS
                    && gap.toNs() >= fromNs - SimPodman.LATEST_WRITE_NS;
        }
    }

    /** A new line, not written yet. */
    Line line(io.github.sealwatcher.model.EngineEvent event) {
        Line line = new Line(event);
        lines.add(line);
        return line;
    }

    /** A life begins. */
    RealLife begin(SimContainer container, Life life, long ticks, @Nullable RealLife continued) {
        List<RealLife> all = lives.computeIfAbsent(container.id, it -> new ArrayList<>());
        RealLife begun = new RealLife(container, all.size(), life, ticks, continued);
        all.add(begun);
        return begun;
    }

    /** Something happens in a life. */
    void happened(Line line, long ticks, RealLife life, boolean optional) {
        ContainerChange.Kind kind = KINDS.get(line.event.action());
        if (kind == null) {
            return;
        }
        Fact fact = new Fact(line, ticks, life, kind, optional);
        if (fact.isStart()) {
            life.start = fact;
        } else if (fact.isEnd()) {
            life.end = fact;
            life.endedTicks = ticks;
        }
        facts.add(fact);
        byStamp.put(new Key(life.id, line.event.timeNs()), fact);
    }

    /** It was checkpointed and goes on: if nobody read its end, it can seem to have ended then. */
    void leftRunning(Line line, RealLife life, long ticks) {
        left.put(new Key(life.id, line.event.timeNs()), new Left(life, ticks));
    }

    /** History lacks something, or may. */
    Cause lost(String why, long ticks, long fromNs, long toNs, @Nullable List<Line> left) {
        Cause cause = new Cause(why, ticks, Math.min(fromNs, toNs), Math.max(fromNs, toNs), left);
        causes.add(cause);
        return cause;
    }

    boolean isNothingKnownBefore(long ticks) {
        return lines.stream().noneMatch(line -> line.writtenTicks <= ticks && line.provenTicks != Line.NEVER);
    }

    /** The endpoint no longer leads to that machine. */
    void left(int machine, long ticks) {
        departures.add(new Departure(machine, ticks));
    }

    /** When the endpoint first ceased to lead to that machine after a time; never if it did not. */
    long leftTicks(int machine, long afterTicks) {
        return departures.stream()
                .filter(departure -> departure.machine == machine && departure.ticks >= afterTicks)
                .mapToLong(Departure::ticks)
                .min()
                .orElse(Line.NEVER);
    }

    /** When the endpoint came to lead to the machine to which it led then; the least value if it always did. */
    long cameTicks(long atTicks) {
        return departures.stream()
                .filter(departure -> departure.ticks <= atTicks)
                .mapToLong(Departure::ticks)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    /** Whether there was a time when the log couldn't be read. */
    boolean wasUnreadable() {
        return causes.stream().anyMatch(cause -> cause.why.equals("unreadable") || cause.why.equals("no log"));
    }

    /** Whether there was a moment in that time at which the log couldn't be read, as far as anybody had tried. */
    boolean wasUnreadable(long fromTicks, long toTicks) {
        return causes.stream()
                .anyMatch(cause -> (cause.why.equals("unreadable") || cause.why.equals("no log"))
                        && cause.ticks <= toTicks
                        && cause.triedTicks >= fromTicks);
    }

    /** Whether there was no event log at that moment. */
    boolean wasWithoutLog(long ticks) {
        return causes.stream()
                .anyMatch(cause -> cause.why.equals("no log") && cause.ticks <= ticks && cause.untilTicks >= ticks);
    }

    /** Whether there was no event log when a line of that moment can have been to be written, which nobody heard while it lasted. */
    boolean wasWithoutLogUnheard(long ticks, Sightings sightings) {
        return causes.stream()
                .anyMatch(cause -> cause.why.equals("no log")
                        && cause.ticks <= ticks + SimPodman.LATEST_WRITE_NS
                        && cause.untilTicks >= ticks
                        && !sightings.isNoLogKnown(cause.ticks, cause.untilTicks));
    }

    /** Whether the line of that stamp was cut short, and no reader of the log has ever failed at it: Podman leaves it out. */
    boolean wasLeftOut(long stampNs, long ticks) {
        return causes.stream().anyMatch(cause -> cause.why.equals("garbled") && cause.fromNs == stampNs)
                && causes.stream().noneMatch(cause -> cause.why.equals("unreadable") && cause.untilTicks >= ticks);
    }

    /** Whether the host restarted before the line was written, which nobody does any more. */
    boolean isUnwrittenAtReboot(Line line, long ticks) {
        return line.writtenTicks == Line.NEVER
                && causes.stream()
                        .anyMatch(cause -> cause.why.equals("reboot")
                                && cause.ticks >= ticks
                                && cause.ticks <= ticks + SimPodman.LATEST_WRITE_NS);
    }

    /** When the line of that stamp was cut short; never if it was not. */
    long cutShortTicks(long stampNs) {
        return causes.stream()
                .filter(cause -> cause.why.equals("garbled") && cause.fromNs == stampNs)
                .mapToLong(cause -> cause.ticks)
                .findFirst()
                .orElse(Line.NEVER);
    }

    /** Whether something of its container stands before it in the log that is of since then: Podman writes that in its order. */
    boolean isBehindLineSince(Fact fact, long ticks, long stampNs) {
        return facts.stream()
                .anyMatch(other -> other.id().equals(fact.id())
                        && other.ticks() >= ticks
                        && other.ticks() <= fact.ticks()
                        && other.stampNs() >= stampNs
                        && other.line().writtenTicks != Line.NEVER);
    }

    /** Until when a list shows a life as the last one of its container. */
    long shownUntilTicks(RealLife life) {
        List<RealLife> all = lives(life.id);
        if (life.index + 1 < all.size()) {
            return all.get(life.index + 1).begunTicks;
        }
        return facts.stream()
                .filter(fact ->
                        fact.life() == life && fact.line().event.action().equals("remove"))
                .mapToLong(Fact::ticks)
                .findFirst()
                .orElse(Line.NEVER);
    }

    /** Whether there is a reason for saying that history may lack something in that window. */
    boolean explains(HostChange.Window gap) {
        return causes.stream().anyMatch(cause -> cause.explains(gap));
    }

    /** Who has had anything since then is gone. */
    void forgottenSince(long ticks) {
        lines.forEach(line -> line.forgottenSince(ticks));
    }

    List<Fact> facts() {
        return facts;
    }

    /** What happened to the container at that moment of the host's clock; null if nothing did. */
    @Nullable
    Fact at(ContainerId id, long stampNs, Sightings sightings) {
        Left checkpointed = left.get(new Key(id, stampNs));
        if (checkpointed != null) {
            Fact end = checkpointed.life.end;
            return end != null && checkpointed.isTakenForEnd(end, sightings) ? end : null;
        }
        return byStamp.get(new Key(id, stampNs));
    }

    List<RealLife> lives(ContainerId id) {
        return lives.getOrDefault(id, List.of());
    }
}
