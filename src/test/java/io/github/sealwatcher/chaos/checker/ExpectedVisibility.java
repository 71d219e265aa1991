package io.github.sealwatcher.chaos.checker;

import io.github.sealwatcher.chaos.world.Filter;
import io.github.sealwatcher.chaos.world.LifecycleEvent;
import io.github.sealwatcher.chaos.world.WallClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether the trail must hold an event of a container, by the filters that were in force: decided once per life, at its
 * start, and anew for what is alive when the configuration changes. Where the runner can't know which of two filters, or of
 * two names, the connector decided by, both are right.
 */
public final class ExpectedVisibility {
    /** How long after a line, in the log's order, an earlier one may still be read: a re-read after a rotation. */
    private static final long REREAD_NS = 3_000_000_000L;
    /** The runner's eyes on the log may be that much slower than the connector's. */
    private static final long LATE_NS = 1_000_000_000L;
    /** A list of what is alive is asked for, answered and told after the first records under a new filter. */
    private static final long REPORT_NS = 10_000_000_000L;

    private final String prefix;
    private final List<Epoch> epochs;
    /** By container, in the log's order. */
    private final Map<String, List<TruthLine>> lines = new HashMap<>();
    /** By line: when the connector had read it at the latest. */
    private final Map<TruthLine, Long> readBy = new HashMap<>();

    private final Set<LifecycleEvent> received;
    /** Lives that began earlier are decided when they are listed. */
    private final long fromNs;

    enum Answer {
        SHOWN,
        HIDDEN,
        /** Both are right. */
        EITHER
    }

    /**
     * @param prefix of the trail in question
     * @param all every line of the log, in its order
     * @param reported in the order of reading, under whatever prefix
     * @param fromNs when the connector was made to begin; 0 if it wasn't
     */
    public ExpectedVisibility(
            String prefix, List<TruthLine> all, List<Epoch> epochs, List<EmittedEvent> reported, long fromNs) {
        this.prefix = prefix;
        this.epochs = List.copyOf(epochs);
        this.fromNs = fromNs;
        Map<LifecycleEvent, Long> readAt = new HashMap<>();
        for (EmittedEvent event : reported) {
            if (event.isReceived()) {
                readAt.merge(event.moment(), event.readAtNs(), Math::min);
            }
        }
        received = Set.copyOf(readAt.keySet());
        long earliest = Long.MAX_VALUE;
        for (int i = all.size() - 1; i >= 0; i--) {
            TruthLine line = all.get(i);
            earliest = Math.min(earliest, readAt.getOrDefault(line.moment(), Long.MAX_VALUE));
            readBy.put(line, Math.min(earliest, settledAfter(line.seenAtNs())) + REREAD_NS);
        }
        for (TruthLine line : all.stream().filter(TruthLine::isOfContainer).toList()) {
            lines.computeIfAbsent(line.moment().id(), id -> new ArrayList<>()).add(line);
        }
    }

    /** Without filters, all is shown. */
    boolean isWhole() {
        return epochs.size() == 1
                && prefix.equals(Filter.PREFIX)
                && epochs.get(0).filter().equals(Filter.ALL);
    }

    /** Whether the trail must hold this line. */
    Answer of(TruthLine line) {
        return isWhole() ? Answer.SHOWN : of(line.moment().id(), line, line.seenAtNs(), readBy.get(line));
    }

    /** Whether a container that is alive now, after all changes, is in the tables. */
    Answer now(String id) {
        long now = WallClock.nowNs();
        List<TruthLine> own = lines.getOrDefault(id, List.of());
        return isWhole() || own.isEmpty() ? Answer.SHOWN : of(id, own.get(own.size() - 1), now, now);
    }

    /** Whether a record that stands for a change of what is shown is in order where it stands. */
    boolean isOfChange(EmittedEvent event) {
        boolean shown = !event.isFiltered();
        for (int i = 1; i < epochs.size(); i++) {
            Epoch epoch = epochs.get(i);
            if (event.readAtNs() >= epoch.fromNs()
                    && event.readAtNs() - REPORT_NS <= epoch.settledNs()
                    && outcomes(event.moment().id(), i).contains(shown)) {
                return true;
            }
        }
        return false;
    }

    /** Names the containers that a change should have put into the trail or taken out of it, and didn't. */
    Map<String, String> unreported(List<EmittedEvent> reported) {
        Map<String, String> unreported = new TreeMap<>();
        for (int i = 1; i < epochs.size(); i++) {
            Epoch epoch = epochs.get(i);
            long until = epoch.settledNs() + REPORT_NS;
            if (i + 1 < epochs.size() && epochs.get(i + 1).fromNs() < until) {
                continue;
            }
            for (String id : lines.keySet()) {
                Set<Boolean> outcomes = outcomes(id, i);
                if (livesQuietly(id, epoch.fromNs() - REPORT_NS, until)
                        && outcomes.size() == 1
                        && outcomes.contains(true) != isAlive(reported, id, until)) {
                    unreported.put(
                            id,
                            (outcomes.contains(true) ? "shown" : "hidden") + " since " + epoch.filter() + " of "
                                    + WallClock.show(epoch.fromNs()) + ", and the trail doesn't say so");
                }
            }
        }
        return unreported;
    }

    private Answer of(String id, TruthLine line, long seenNs, long readByNs) {
        TruthLine start = start(id, line);
        if (start == null) {
            return Answer.EITHER;
        }
        Set<Boolean> outcomes = new HashSet<>();
        int first = -1;
        for (int i = 0; i < epochs.size(); i++) {
            boolean decidesStart = mayBeReadIn(i, start.seenAtNs(), readBy.get(start));
            if (decidesStart && first < 0) {
                first = i;
            }
            if (mayBeReadIn(i, seenNs, readByNs)) {
                if (decidesStart && start.moment().timeNs() >= fromNs) {
                    outcomes.add(shows(i, start));
                }
                if ((first >= 0 && i > first) || start.moment().timeNs() < fromNs || isLost(start)) {
                    outcomes.addAll(outcomes(id, i));
                }
            }
        }
        return outcomes.size() != 1 ? Answer.EITHER : outcomes.contains(true) ? Answer.SHOWN : Answer.HIDDEN;
    }

    /** Then the life may be decided when a list shows it. */
    private boolean isLost(TruthLine start) {
        return !start.isPresent() && !received.contains(start.moment());
    }

    /** What the change to a filter may decide of a container, by the names that it had meanwhile. */
    private Set<Boolean> outcomes(String id, int index) {
        Epoch epoch = epochs.get(index);
        Set<Boolean> outcomes = new HashSet<>();
        TruthLine before = null;
        for (TruthLine line : lines.getOrDefault(id, List.of())) {
            if (line.seenAtNs() <= epoch.fromNs() && fromNs == 0 && index > 0) {
                before = line;
            } else if (fromNs > 0 || index == 0 || line.seenAtNs() - LATE_NS <= epoch.settledNs()) {
                outcomes.add(shows(index, line));
            }
        }
        if (before != null) {
            outcomes.add(shows(index, before));
        }
        return outcomes;
    }

    private boolean shows(int index, TruthLine line) {
        Filter filter = epochs.get(index).filter();
        return filter.prefix().equals(prefix) && filter.shows(line.name(), line.labels());
    }

    private boolean mayBeReadIn(int index, long seenNs, long readByNs) {
        boolean begun = epochs.get(index).fromNs() <= readByNs;
        return begun && (index + 1 == epochs.size() || epochs.get(index + 1).settledNs() + LATE_NS >= seenNs);
    }

    private long settledAfter(long seenNs) {
        return epochs.stream()
                .filter(epoch -> epoch.fromNs() >= seenNs)
                .mapToLong(Epoch::settledNs)
                .min()
                .orElse(Long.MAX_VALUE - REREAD_NS);
    }

    /** The start of the life that a line belongs to; null if the log never held it. */
    private TruthLine start(String id, TruthLine line) {
        TruthLine start = null;
        for (TruthLine other : lines.getOrDefault(id, List.of())) {
            if (other.moment().type().equals("start")) {
                start = other;
            }
            if (other == line) {
                break;
            }
        }
        return start;
    }

    /** Whether it was alive all the time, and nothing happened to it. */
    private boolean livesQuietly(String id, long fromNs, long untilNs) {
        boolean alive = false;
        for (TruthLine line : lines.get(id)) {
            if (line.seenAtNs() > untilNs) {
                break;
            }
            if (line.seenAtNs() >= fromNs) {
                return false;
            }
            alive = switch (line.moment().type()) {
                case "start" -> true;
                case "die", "remove" -> false;
                default -> alive;
            };
        }
        return alive;
    }

    private static boolean isAlive(List<EmittedEvent> reported, String id, long untilNs) {
        boolean alive = false;
        for (EmittedEvent event : reported) {
            if (event.isTurn() && event.moment().id().equals(id) && event.readAtNs() <= untilNs) {
                alive = !event.type().equals("die");
            }
        }
        return alive;
    }
}
