package io.github.sealwatcher.soak;

import io.github.sealwatcher.chaos.checker.ConsumedTrail;
import io.github.sealwatcher.chaos.checker.EmittedEvent;
import io.github.sealwatcher.chaos.checker.Ledger;
import io.github.sealwatcher.chaos.checker.TableDiff;
import io.github.sealwatcher.chaos.checker.UsersVerdict;
import io.github.sealwatcher.chaos.checker.Verdict;
import io.github.sealwatcher.chaos.world.Filter;
import io.github.sealwatcher.chaos.world.LifecycleEvent;
import io.github.sealwatcher.fleet.ScriptedHost;
import io.github.sealwatcher.testkit.Await;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** Holds the trail against what the hosts' own logs say, without any excuse, and the samples against a flat line. */
final class SoakJudge {
    /** Two resync intervals, as they are by default. */
    private static final Duration SETTLED = Duration.ofMinutes(2);

    private static final Duration QUIET = Duration.ofSeconds(3);

    private final SoakWorld world;
    private final Verdict verdict = new Verdict();

    SoakJudge(SoakWorld world) {
        this.world = world;
    }

    Verdict judge(List<Sample> samples, double warmUpSeconds) {
        tables();
        events();
        UsersVerdict.judge(world.bootstrapServers(), Filter.PREFIX, false, Set.of(), verdict);
        growth(samples, warmUpSeconds);
        verdict.figure("faults", world.inflicted());
        verdict.figure("faults of scripted hosts", world.inflictedOnScripted());
        verdict.figure("commands", world.journal().notes("command").size());
        int failed = world.journal().notes("task").size();
        verdict.figure("tasks that failed", failed);
        return verdict;
    }

    private void events() {
        Set<LifecycleEvent> expected = new HashSet<>();
        for (SoakedPodman podman : world.podmans()) {
            List<LifecycleEvent> moments = podman.moments();
            verdict.figure("events of " + podman.name(), moments.size() + ", log cut " + podman.cuts() + " times");
            expected.addAll(moments);
        }
        int real = expected.size();
        for (ScriptedHost host : world.hosts()) {
            // What began before the trail is in it as a snapshot.
            host.written().stream()
                    .filter(written -> written.timeNs() >= world.tormentedSinceNs())
                    .map(written -> new LifecycleEvent(written.containerId(), written.type(), written.timeNs()))
                    .forEach(expected::add);
        }
        verdict.figure("events of scripted hosts", expected.size() - real);
        Ledger ledger = Ledger.of(
                expected,
                world.trails().emitted().stream()
                        .filter(EmittedEvent::isReceived)
                        .map(EmittedEvent::moment)
                        .toList());
        verdict.figure("events expected", ledger.expected());
        verdict.figure("  lost", ledger.lost().size());
        verdict.figure("  duplicated", ledger.repeated());
        ledger.lost().forEach(moment -> verdict.violated("lost", moment.id(), moment.toString()));
        if (ledger.repeated() > 0) {
            verdict.violated("duplicated", "", ledger.repeated() + " events, by a worker with exactly once");
        }
        int gaps = world.trails().gaps().size();
        verdict.figure("gaps reported", gaps);
        if (gaps > 0 && world.podmans().stream().allMatch(podman -> podman.cuts() == 0)) {
            verdict.violated("false gap", "", world.trails().gaps().toString());
        }
    }

    /** All three must come to be equal within two resync intervals. */
    private void tables() {
        Map<String, String> alive = aliveForGood();
        ConsumedTrail trail = world.trails().all().get(0);
        long beganNs = System.nanoTime();
        boolean equal = Await.within(SETTLED, () -> {
            trail.read();
            return trail.table().equals(alive) && trail.folded().equals(alive);
        });
        verdict.figure("alive at the end", alive.size());
        verdict.figure(
                "  all three equal",
                equal
                        ? "yes, after "
                                + Duration.ofNanos(System.nanoTime() - beganNs).toMillis() + " ms"
                        : "no");
        TableDiff.between("folded trail", trail.folded(), alive, verdict);
        TableDiff.between("state topic", trail.table(), alive, verdict);
    }

    /** What ends by itself must have ended first. */
    private Map<String, String> aliveForGood() {
        Await.until("the containers to be what they stay", SETTLED, () -> {
            Map<String, String> before = alive();
            LockSupport.parkNanos(QUIET.toNanos());
            return alive().equals(before);
        });
        return alive();
    }

    private Map<String, String> alive() {
        Map<String, String> alive = new TreeMap<>();
        world.podmans().forEach(podman -> alive.putAll(podman.alive()));
        world.hosts().forEach(host -> host.running().forEach(id -> alive.put(id, "running")));
        return alive;
    }

    private void growth(List<Sample> all, double warmUpSeconds) {
        List<Sample> samples =
                all.stream().filter(sample -> sample.seconds() >= warmUpSeconds).toList();
        verdict.figure("samples, of which after the warm-up", all.size() + ", " + samples.size());
        double[] x = samples.stream().mapToDouble(Sample::seconds).toArray();
        for (Measure measure : Measure.values()) {
            double[] y = samples.stream().mapToDouble(measure::of).toArray();
            long known = Arrays.stream(y).filter(value -> !Double.isNaN(value)).count();
            if (known < Trend.MIN_POINTS) {
                verdict.figure(measure.column(), known + " values after the warm-up: too few to see a trend");
                if (measure.isJudged()) {
                    verdict.violated("too short", "", measure.title() + ": " + known + " values");
                }
            } else {
                judge(measure, y, Trend.of(x, y));
            }
        }
    }

    private void judge(Measure measure, double[] values, Trend trend) {
        double tolerance = measure.tolerance(trend.median());
        verdict.figure(
                measure.column(),
                "from %.1f to %.1f, median %.1f, trend %+.2f (z %+.1f)"
                                .formatted(
                                        values[0], values[values.length - 1], trend.median(), trend.growth(), trend.z())
                        + (measure.isJudged() ? ", tolerated %.1f".formatted(tolerance) : ""));
        if (measure.isJudged() && trend.grows(tolerance)) {
            verdict.violated("grows", "", measure.title() + ": " + trend);
        }
    }
}
