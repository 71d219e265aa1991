package io.github.sealwatcher.bench.endtoend;

import io.github.sealwatcher.bench.endtoend.TopicGrowth.Growth;
import io.github.sealwatcher.chaos.world.Cluster;
import io.github.sealwatcher.fleet.Deliveries;
import io.github.sealwatcher.fleet.HostServer;
import io.github.sealwatcher.fleet.OffsetVolume;
import io.github.sealwatcher.fleet.ScriptedHost;
import io.github.sealwatcher.testkit.Await;
import io.github.sealwatcher.testkit.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.TopicPartition;

/** The worst case for offsets: single events of a host with many containers, exactly once, and each batch stores an offset. */
public final class Trickle {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int SECONDS = 20;

    private Trickle() {}

    /** Arguments: how many containers are alive, 5000 by default; then as those of the end-to-end benchmark. */
    public static void main(String[] arguments) throws IOException {
        EndToEndOptions options = EndToEndOptions.parse(List.of(arguments), 5000);
        int alive = options.number();
        Path directory = Path.of("target/bench-trickle");
        FileTree.delete(directory);
        Files.createDirectories(directory);
        try (var server = HostServer.start("host-", 1);
                var cluster = new Cluster(directory, false, "512m", Map.of(), List.of("-XX:TieredStopAtLevel=4"))) {
            ScriptedHost host = server.hosts().get(0);
            for (int i = 0; i < alive; i++) {
                host.start("service-" + i);
            }
            cluster.start();
            cluster.rest().create(options.shipped("podman", host.entry()));
            try (var deliveries = new Deliveries(cluster.bootstrapServers());
                    var growth = new TopicGrowth(cluster.bootstrapServers())) {
                Await.until("the host to be synchronized", LIMIT, () -> deliveries.synchronizedHosts() == 1);
                Map<TopicPartition, Long> from = growth.ends("podman");
                long fromMs = System.currentTimeMillis();
                int poured = pour(host);
                Growth grown = growth.until("podman", from, poured);
                OffsetVolume offsets =
                        OffsetVolume.between(cluster.bootstrapServers(), fromMs, System.currentTimeMillis());
                System.out.printf(
                        Locale.ROOT,
                        "%d alive, %d events in %d s: %d records of %d bytes in all; %d offsets of %d bytes in all:"
                                + " %.1f times as much; load %.1f%n",
                        alive,
                        poured,
                        SECONDS,
                        grown.records(),
                        grown.bytes(),
                        offsets.records(),
                        offsets.bytes(),
                        offsets.bytes() / (double) grown.bytes(),
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                                .getSystemLoadAverage());
            }
        }
        System.exit(0);
    }

    private static int pour(ScriptedHost host) {
        long beginNs = System.nanoTime();
        int count = (int) (TimeUnit.SECONDS.toNanos(SECONDS) / STEP_NS);
        for (int i = 0; i < count; i++) {
            LockSupport.parkNanos(beginNs + i * STEP_NS - System.nanoTime());
            if (i % 2 == 0) {
                host.start("job");
            } else {
                host.die("job");
                host.forget("job");
            }
        }
        return count;
    }
}
