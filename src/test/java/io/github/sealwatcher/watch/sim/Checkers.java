package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.model.PodRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hold what was told against what happened: one method for each guarantee. Each gives what it found wrong. */
final class Checkers {

    private Checkers() {}

    static List<String> all(Simulation run) {
        List<String> wrong = new ArrayList<>();
        if (run.failure() != null) {
            wrong.add("crash: " + run.failure());
            return wrong;
        }
        Map<EventId, Entry> ids = new HashMap<>();
        List<HostChange.Window> gaps = new ArrayList<>();
        for (Trail.Part part : run.trail.parts()) {
            Account account = Account.of(run, part, wrong);
            List<Entry> entries = account.entries();
            order(run, part, entries, wrong);
            times(run, entries, wrong);
            RepeatedPauses.check(run, entries, wrong);
            if (run.processes.stream().noneMatch(Process::isNoData)) {
                pods(entries, wrong);
            }
            inference(part, gaps, wrong);
            ids(account.reported(), ids, wrong);
            if (part == run.trail.last()) {
                Delivery.check(run, part, account.reported(), entries, wrong);
                Delivery.checkSnapshot(run, account.reported(), wrong);
                FinalState.check(run, part, entries, wrong);
            }
        }
        FinalState.checkCalm(run, wrong);
        wrong.sort(Comparator.comparingInt(Checkers::rank));
        return wrong;
    }

    /** The worst first. */
    private static int rank(String complaint) {
        List<String> ranks = List.of(
                "G3a: lost, and no gap reported",
                "G2",
                "G1",
                "G4",
                "ids",
                "G3: a gap was reported",
                "G3: inferred without",
                "G3a",
                "pod",
                "calm",
                "G3",
                "order");
        for (int i = 0; i < ranks.size(); i++) {
            if (complaint.startsWith(ranks.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** G1: a start, then pauses and unpauses in turn, then a death; never two starts or deaths in a row, nor a life twice. */
    static void order(Simulation run, Trail.Part part, List<Entry> entries, List<String> wrong) {
        boolean always = run.processes.stream().anyMatch(Process::isAlways);
        boolean noData = run.processes.stream().anyMatch(Process::isNoData);
        Visible visible = new Visible(run);
        Set<RealLife> hidden = new HashSet<>();
        Map<ContainerId, String> last = new HashMap<>();
        Map<ContainerId, RealLife> alive = new HashMap<>();
        Map<ContainerId, Integer> lives = new HashMap<>();
        Map<ContainerId, Entry> latest = new HashMap<>();
        for (Entry entry : entries) {
            ContainerId id = entry.id();
            String was = last.getOrDefault(id, "dead");
            RealLife life = entry.life();
            String fits = switch (entry.kind()) {
                case STARTED -> "dead";
                case DIED -> was.equals("dead") ? "alive" : was;
                case PAUSED -> "running";
                case UNPAUSED -> "paused";
                case POD_CHANGED, OTHER -> was;
            };
            boolean again = always && isReportedAgain(entry, alive.get(id));
            boolean unreported = noData
                    && (isUnreported(run, part, entry)
                            || (!last.containsKey(id) && isEndOfUnreported(run, part, entry)));
            if (!was.equals(fits) && !again && !unreported) {
                wrong.add("G1: out of turn: " + entry + " that is " + was);
            }
            switch (entry.kind()) {
                case STARTED -> {
                    last.put(id, "running");
                    if (life == null) {
                        wrong.add("G2: invented: " + entry);
                    } else {
                        if (lives.getOrDefault(id, -1) >= life.index
                                && !again
                                && !hidden.remove(life)
                                && !seemsLater(run, entry, latest.get(id))) {
                            wrong.add("G2: a life reported twice: " + entry);
                        }
                        if (visible.isNever(life, part.beginTicks)) {
                            wrong.add("G3c: reported though it is filtered out: " + entry);
                        }
                        alive.put(id, life);
                        if (lives.merge(id, life.index, Math::max) == life.index) {
                            latest.put(id, entry);
                        }
                    }
                }
                case DIED -> {
                    last.put(id, "dead");
                    alive.remove(id);
                    if (life != null && entry.isFilteredOut()) {
                        hidden.add(life);
                    } else if (life != null && life.endedTicks > entry.ticks()) {
                        wrong.add("G2: reported dead but alive: " + entry);
                    }
                }
                case PAUSED -> last.put(id, "paused");
                case UNPAUSED -> last.put(id, "running");
                case POD_CHANGED, OTHER -> {}
            }
        }
    }

    /**
     * Whether an earlier life seems to be behind the last one that was reported: its start could not be read then, and is stamped
     * later, as the host's clock was set back in between. So would be one that began later, had the clock not been set.
     */
    private static boolean seemsLater(Simulation run, Entry entry, Entry last) {
        Fact fact = entry.fact();
        RealLife later = last.life();
        return entry.isRead()
                && fact != null
                && later != null
                && fact.life().index < later.index
                && fact.stampNs() > later.life.startedAtNs()
                && run.clock.isSetBack(fact.ticks(), later.begunTicks)
                && wasUnreadable(run, fact, last.ticks());
    }

    /** A process that tells nothing of what was there before tells how it goes on. */
    private static boolean isUnreported(Simulation run, Trail.Part part, Entry entry) {
        RealLife life = entry.life();
        return life == null
                ? run.podman.truth.lives(entry.id()).stream()
                        .anyMatch(it -> seemsFromBefore(run, part, it, entry.ticks()))
                : seemsFromBefore(run, part, life, entry.ticks());
    }

    /**
     * Whether it ended a life behind one of before the trail, of which nothing was reported: a list of the first one shows it
     * alive, and whoever knows nothing of what is in between takes the end for that of this one. What is lost in between has
     * to lie in a gap all the same.
     */
    private static boolean isEndOfUnreported(Simulation run, Trail.Part part, Entry entry) {
        return entry.kind() == ContainerChange.Kind.DIED
                && run.podman.truth.lives(entry.id()).stream()
                        .anyMatch(it -> seemsFromBefore(run, part, it, entry.ticks()));
    }

    /**
     * Whether a life is from before the trail, or seems so, or continues one that is, and nobody could read by then when it was
     * restored.
     */
    static boolean seemsFromBefore(Simulation run, Trail.Part part, RealLife life, long byTicks) {
        boolean unwritten = life.start != null
                && (life.start.line().writtenTicks == Line.NEVER || wasUnreadable(run, life.start, byTicks));
        return life.begunTicks < part.beginTicks
                || (life.start != null && part.isBeforeBegin(life.start, run))
                || (unwritten && life.life.startedAtNs() < run.clock.hostNs(part.triedTicks));
    }

    /** A process that begins with a snapshot each time tells of what is alive. */
    private static boolean isReportedAgain(Entry entry, @Nullable RealLife alive) {
        return entry.change().occurrence().origin() == Origin.SNAPSHOT
                && alive != null
                && entry.life() != null
                && alive.root == Objects.requireNonNull(entry.life()).root;
    }

    /** Of one container nothing is told with an earlier time than what was told before, unless the host's clock was set back. */
    static void times(Simulation run, List<Entry> entries, List<String> wrong) {
        Map<ContainerId, Entry> last = new HashMap<>();
        Map<ContainerId, Long> read = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            Entry before = last.put(entry.id(), entry);
            if (before != null
                    && before.timeNs() > entry.timeNs()
                    && !run.clock.isSetBack(read.getOrDefault(entry.id(), Long.MIN_VALUE), entry.ticks())
                    && !wasUnreadable(run, shownBy(entries, i), before)) {
                wrong.add("order: dated before what was reported before it: " + entry);
            }
            Fact fact = entry.fact();
            if (entry.isRead() && fact != null) {
                read.put(entry.id(), fact.ticks());
            }
        }
    }

    /** What an entry comes from: one that is inferred can only be dated before the event that shows it. */
    private static Entry shownBy(List<Entry> entries, int at) {
        Entry entry = entries.get(at);
        return entries.subList(at, entries.size()).stream()
                .takeWhile(next -> next.ticks() == entry.ticks() && next.id().equals(entry.id()))
                .filter(next -> next.isRead() && next.life() == entry.life() && next.timeNs() >= entry.timeNs())
                .findFirst()
                .orElse(entry);
    }

    /** Whether nobody could have read what the entry says when what was told before it had to be inferred. */
    private static boolean wasUnreadable(Simulation run, Entry entry, Entry before) {
        Fact fact = entry.fact();
        return entry.isRead() && fact != null && wasUnreadable(run, fact, before.ticks());
    }

    /** Whether nobody could have read that by then. */
    static boolean wasUnreadable(Simulation run, Fact fact, long byTicks) {
        long sinceTicks = fact.line().writtenTicks;
        return fact.line().heldTicks > byTicks
                && run.podman.truth.wasUnreadable(fact.ticks(), byTicks)
                && run.keptReads.stream().noneMatch(read -> read >= sinceTicks && read <= byTicks);
    }

    /** G3: a gap is said only for a reason, and nothing is inferred but in a gap that was said before. */
    static void inference(Trail.Part part, List<HostChange.Window> gaps, List<String> wrong) {
        for (Trail.Emitted emitted : part.emitted) {
            for (HostChange change : emitted.emission().hostChanges()) {
                HostChange.Window gap = change.gap();
                if (gap != null) {
                    gaps.add(gap);
                    if (gap.fromNs() > gap.toNs()) {
                        wrong.add("G3: a gap ends before it begins");
                    }
                }
            }
            if (!emitted.justified()) {
                wrong.add("G3: a gap was reported and there was none");
            }
            for (ContainerChange change : emitted.emission().changes()) {
                if (change.occurrence().origin() == Origin.RECONCILED
                        && !change.occurrence().rawAction().equals(Entry.FILTERED)
                        && gaps.stream().noneMatch(gap -> isIn(gap, change.timeNs()))) {
                    boolean any = !gaps.isEmpty();
                    wrong.add("G3: inferred " + (any ? "outside of every gap: " : "without a gap: ") + change.kind()
                            + " of " + shorten(change.container().id()));
                }
            }
        }
    }

    static boolean isIn(HostChange.Window gap, long timeNs) {
        return timeNs >= gap.fromNs() && timeNs <= gap.toNs();
    }

    /** Over all parts one id means one thing. */
    private static void ids(List<Entry> reported, Map<EventId, Entry> ids, List<String> wrong) {
        for (Entry entry : reported) {
            Entry other = ids.putIfAbsent(entry.change().occurrence().eventId(), entry);
            if (other != null && !entry.isSame(other)) {
                wrong.add("ids: one for two things: " + entry);
            }
        }
    }

    /** A death carries its pod, which Podman leaves out, and who joins or leaves wasn't or was in it. */
    static void pods(List<Entry> entries, List<String> wrong) {
        Map<ContainerId, String> reported = new HashMap<>();
        for (Entry entry : entries) {
            String pod = entry.change().pod() == null
                    ? null
                    : Objects.requireNonNull(entry.change().pod()).id();
            if (entry.kind() == ContainerChange.Kind.POD_CHANGED) {
                if (Objects.equals(reported.put(entry.id(), pod), pod)) {
                    wrong.add("pod: joined or left twice: " + entry);
                }
            } else if (entry.kind() == ContainerChange.Kind.DIED && !Objects.equals(pod, reported.get(entry.id()))) {
                wrong.add("pod: a death without its pod: " + entry);
            }
        }
    }

    static String shorten(PodRef pod) {
        return pod.id().substring(pod.id().length() - 4);
    }

    static String shorten(ContainerId id) {
        return id.value().substring(id.value().length() - 4);
    }
}
