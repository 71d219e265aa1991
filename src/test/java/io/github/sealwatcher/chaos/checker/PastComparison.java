package io.github.sealwatcher.chaos.checker;

import io.github.sealwatcher.chaos.world.SeededRandom;
import io.github.sealwatcher.chaos.world.WallClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Whether the trail knows the past: who was alive at moments at which Podman was asked. Outside of blind windows both must
 * be equal; within, the answer must say that it may not be whole.
 */
public final class PastComparison {
    /** A status changes in Podman's tables some time before or after the event that tells it. */
    private static final long SLACK_NS = 1_000_000_000L;

    private static final int AT_ONCE = 8;

    private final Ps ps;
    private final Map<String, List<TruthLine>> truth;
    private int equal;
    private int blind;
    private int blindEqual;
    private int uncertain;

    /** Answers who was alive. */
    @FunctionalInterface
    public interface Ps {
        /** At a time in nanoseconds since 1970. */
        Answer at(long timeNs);
    }

    /**
     * An answer.
     *
     * @param rows by container
     * @param blind whether it says that the host is not wholly seen then
     */
    public record Answer(Map<String, Row> rows, boolean blind) {}

    /**
     * A container in an answer.
     *
     * @param state status and pod
     * @param certain whether it says that it may not have been so
     */
    public record Row(String state, boolean certain) {}

    /** @param lines all that Podman's log ever held */
    public PastComparison(Ps ps, List<TruthLine> lines) {
        this.ps = ps;
        truth = lines.stream()
                .collect(Collectors.groupingBy(line -> line.moment().id()));
    }

    /** Compares at some of the moments, drawn at random. */
    public void judge(List<CensusLook> looks, int max, SeededRandom random, Verdict verdict) {
        if (looks.isEmpty()) {
            verdict.violated("trail ps --at", "", "Podman was never seen: nothing to compare with");
        }
        List<CensusLook> rest = new ArrayList<>(looks);
        int moments = Math.min(max, rest.size());
        List<CensusLook> drawn = new ArrayList<>();
        for (int i = 0; i < moments; i++) {
            drawn.add(rest.remove(random.number(0, rest.size() - 1)));
        }
        List<Answer> answers = answers(drawn);
        for (int i = 0; i < moments; i++) {
            compare(drawn.get(i), answers.get(i), verdict);
        }
        verdict.figure(
                "ps",
                equal + " of " + moments + " moments equal, " + blind + " in a blind window (" + blindEqual
                        + " of them equal, others marked as not wholly seen), " + uncertain + " rows marked ?");
    }

    /** Each command waits for the broker most of its time. */
    private List<Answer> answers(List<CensusLook> looks) {
        ExecutorService commands = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Answer>> asked = looks.stream()
                    .map(look -> commands.submit(() -> ps.at(look.atNs())))
                    .toList();
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> answer : asked) {
                answers.add(answer.get());
            }
            return answers;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("trail ps --at: " + e.getMessage(), e);
        } finally {
            commands.shutdownNow();
        }
    }

    private void compare(CensusLook look, Answer answer, Verdict verdict) {
        Map<String, String> differing = differing(look, answer);
        equal += differing.isEmpty() ? 1 : 0;
        if (answer.blind()) {
            blind++;
            blindEqual += differing.isEmpty() ? 1 : 0;
            uncertain += (int) answer.rows().values().stream()
                    .filter(row -> !row.certain())
                    .count();
            return;
        }
        String when = WallClock.show(look.atNs()) + " (" + look.atNs() + ")";
        differing.forEach((id, what) -> verdict.violated("trail ps --at", id, when + ": " + what));
        answer.rows().forEach((id, row) -> {
            if (!row.certain()) {
                verdict.violated("trail ps --at", id, when + ": not certain, though history lost nothing");
            }
        });
    }

    Map<String, String> differing(CensusLook look, Answer answer) {
        Map<String, String> differing = new TreeMap<>();
        Set<String> ids = new TreeSet<>(look.alive().keySet());
        ids.addAll(answer.rows().keySet());
        for (String id : ids) {
            String podman = look.alive().get(id);
            Row row = answer.rows().get(id);
            boolean either = changesThen(id, look)
                    || (podman != null && podman.startsWith(PodmanPs.STOPPING))
                    || (row != null && !row.certain());
            if (!either && !(row == null ? podman == null : row.state().equals(podman))) {
                differing.put(
                        id, "podman ps said " + podman + ", the trail says " + (row == null ? null : row.state()));
            }
        }
        return differing;
    }

    private boolean changesThen(String id, CensusLook look) {
        return truth.getOrDefault(id, List.of()).stream()
                .mapToLong(line -> line.moment().timeNs())
                .anyMatch(time -> look.fromNs() - SLACK_NS <= time && time <= look.toNs() + SLACK_NS);
    }
}
