package io.github.sealwatcher.trail.sample;

import io.github.sealwatcher.trail.sample.SampleHost.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A trail that keeps all rules, of as many hosts and lives as wanted: services that are started anew, jobs that end, pods,
 * pauses, an outage with lost history on every fifth host.
 */
public final class SampleTrail {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final String[] JOBS = {"backup", "import", "report", "mailer", "thumbnails", "reindex"};
    private static final String[] SERVICES = {"web", "api", "db", "cache", "queue", "search", "auth", "metrics"};

    private final int hosts;
    private final int livesOfAHost;
    private final long beginNs;
    private final long lengthNs;
    private final SplittableRandom random;

    private record Task(long atNs, Runnable run) {}

    public SampleTrail(int hosts, int lives, long beginNs, long lengthNs, long seed) {
        this.hosts = hosts;
        this.livesOfAHost = lives / hosts;
        this.beginNs = beginNs;
        this.lengthNs = lengthNs;
        random = new SplittableRandom(seed);
    }

    /** Gives all records away, each host's in the order of time. */
    public void write(Consumer<SampleRecord> sink) {
        PriorityQueue<Task> tasks = new PriorityQueue<>(Comparator.comparingLong(Task::atNs));
        for (int i = 0; i < hosts; i++) {
            plan(i, new SampleHost("edge-%02d".formatted(i + 1), random.split(), sink), tasks);
        }
        while (!tasks.isEmpty()) {
            tasks.poll().run().run();
        }
    }

    private void plan(int index, SampleHost host, PriorityQueue<Task> tasks) {
        SplittableRandom dice = random.split();
        tasks.add(new Task(beginNs, () -> {
            host.host("connected", beginNs, "Podman 5.8.6 answers", 0, 0, 0);
            host.host("synchronized", beginNs + SECOND / 2, null, 0, 0, 0);
        }));
        List<Sample> survivors = new ArrayList<>();
        int planned = 0;
        int service = 0;
        String podId = host.id();
        long gapFrom = index % 5 == 0 ? beginNs + lengthNs / 2 : Long.MAX_VALUE;
        long gapTo = gapFrom == Long.MAX_VALUE ? Long.MAX_VALUE : gapFrom + lengthNs / 40;
        while (planned < livesOfAHost) {
            boolean job = dice.nextInt(100) < 70;
            String name = job
                    ? JOBS[dice.nextInt(JOBS.length)] + "-" + dice.nextInt(4)
                    : SERVICES[service++ % SERVICES.length];
            boolean pod = !job && service % 3 != 0;
            long from = beginNs + SECOND + (lengthNs - 2 * SECOND) / livesOfAHost * planned + dice.nextLong(SECOND / 2);
            long wanted =
                    job ? lengthNs / 300 + dice.nextLong(lengthNs / 60) : lengthNs / 20 + dice.nextLong(lengthNs / 4);
            planned++;
            tasks.add(new Task(
                    from,
                    () -> life(
                            host,
                            dice,
                            tasks,
                            survivors,
                            name,
                            pod ? podId : null,
                            from,
                            from + wanted,
                            gapFrom,
                            gapTo)));
        }
        if (gapFrom != Long.MAX_VALUE) {
            tasks.add(new Task(gapFrom, () -> host.host("disconnected", gapFrom, "the event stream ended", 0, 0, 0)));
            tasks.add(new Task(gapTo, () -> {
                host.host(
                        "history_gap",
                        gapTo,
                        "Podman's event log no longer holds what was read from it",
                        gapFrom,
                        gapTo,
                        0);
                survivors.forEach(sample -> host.reconcileDeath(sample, gapTo));
                survivors.clear();
                host.host("connected", gapTo, "Podman 5.8.6 answers", 0, 0, 0);
                host.host("synchronized", gapTo, null, 0, 0, 0);
            }));
        }
    }

    private void life(
            SampleHost host,
            SplittableRandom dice,
            PriorityQueue<Task> tasks,
            List<Sample> unseen,
            String name,
            String podId,
            long from,
            long until,
            long gapFrom,
            long gapTo) {
        long created = Math.max(from, beginNs);
        if (created >= gapFrom && created <= gapTo) {
            return;
        }
        String image = "registry.example/" + name.replaceAll("-\\d+$", "") + ":1." + dice.nextInt(30);
        Sample sample = host.create(name, image, podId, podId == null ? null : "shop", created);
        host.start(sample, created + 1000);
        long length = until - created;
        if (dice.nextInt(20) == 0 && until < beginNs + lengthNs && !(created < gapTo && until > gapFrom)) {
            tasks.add(new Task(created + length / 3, () -> host.pause(sample, created + length / 3)));
            tasks.add(new Task(created + length / 2, () -> host.unpause(sample, created + length / 2)));
        }
        if (until >= beginNs + lengthNs) {
            return;
        }
        if (until >= gapFrom && until <= gapTo) {
            unseen.add(sample);
            return;
        }
        int exitCode = dice.nextInt(100) < 80 ? 0 : new int[] {1, 2, 137, 139, 143}[dice.nextInt(5)];
        tasks.add(new Task(until, () -> host.die(sample, until, exitCode)));
    }
}
