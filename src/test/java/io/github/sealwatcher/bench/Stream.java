package io.github.sealwatcher.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.github.sealwatcher.connect.PodmanSourceTask;
import io.github.sealwatcher.connect.Samples;
import io.github.sealwatcher.connect.StoredOffsets;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;

/**
 * Prints what a whole task costs that reads a history, without Kafka: real threads, a real socket, records that are dropped.
 * The served Podman is a process of its own, so that its processor time isn't counted.
 */
public final class Stream {

    private static final int RUNS = 4;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Stream() {}

    /** Arguments: how many events a run has; then the workload, all by default. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int events = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
        String only = args.length > 1 ? args[1].toUpperCase(Locale.ROOT) : "";
        for (Workload workload : Workload.values()) {
            if (workload.name().contains(only)) {
                measure(workload, events);
            }
        }
    }

    private static void measure(Workload workload, int events) throws IOException, InterruptedException {
        try (var podman = new ServedPodman(workload, events)) {
            for (int run = 1; run <= RUNS; run++) {
                double[] unused = read(workload.name().toLowerCase(Locale.ROOT) + " " + run, podman.socket(), events);
            }
        }
    }

    /** Reads all of it once: microseconds of processor time, and bytes allocated, an event. */
    public static double[] figures(String socket, int events) throws InterruptedException {
        return read("", Path.of(socket), events);
    }

    private static double[] read(String name, Path socket, int events) throws InterruptedException {
        var task = new PodmanSourceTask();
        task.initialize(context());
        Map<Long, Long> before = threadTimes();
        long bytesBefore = allocatedBytes();
        long cpuBefore = processNs();
        long beganNs = System.nanoTime();
        task.start(Map.of(
                "podman.hosts", "edge-1=unix://" + socket, "heartbeat.interval.ms", "0", "max.batch.size", "2048"));
        long records = 0;
        long polls = 0;
        boolean synced = false;
        while (!synced) {
            List<SourceRecord> batch = task.poll();
            if (batch != null) {
                records += batch.size();
                polls++;
                synced = batch.stream().anyMatch(Stream::isSynchronized);
            }
        }
        long tookNs = System.nanoTime() - beganNs;
        long cpuNs = processNs() - cpuBefore;
        long bytes = allocatedBytes() - bytesBefore;
        Map<String, Long> groups = groups(before);
        task.stop();
        double[] figures = {cpuNs / 1e3 / events, bytes / (double) events};
        if (name.isEmpty()) {
            return figures;
        }
        long known = groups.values().stream().mapToLong(Long::longValue).sum();
        System.out.printf(
                "%-8s %8.0f events/s %6.2f us CPU %6.0f bytes an event; %d records, %d polls;",
                name, events * 1e9 / tookNs, figures[0], figures[1], records, polls);
        groups.forEach((group, ns) -> System.out.printf(" %s %.1f", group, ns / 1e3 / events));
        System.out.printf(" compiler and garbage collector %.1f%n", (cpuNs - known) / 1e3 / events);
        return figures;
    }

    private static boolean isSynchronized(SourceRecord record) {
        return record.topic().endsWith("host.events")
                && String.valueOf(record.value()).contains("type=synchronized");
    }

    private static SourceTaskContext context() {
        Map<String, Object> offset = Map.of("v", 1L, "time_ns", Workload.BEGIN_NS);
        return (SourceTaskContext) Proxy.newProxyInstance(
                Stream.class.getClassLoader(), new Class<?>[] {SourceTaskContext.class}, (proxy, method, args) -> {
                    switch (method.getName()) {
                        case "offsetStorageReader":
                            return StoredOffsets.of(Samples.EDGE, offset);
                        case "configs":
                            return Map.of();
                        case "hashCode":
                            return 1;
                        default:
                            return null;
                    }
                });
    }

    private static long processNs() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Of all threads that live. */
    private static long allocatedBytes() {
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }

    private static Map<Long, Long> threadTimes() {
        Map<Long, Long> times = new TreeMap<>();
        for (long id : THREADS.getAllThreadIds()) {
            times.put(id, THREADS.getThreadCpuTime(id));
        }
        return times;
    }

    private static Map<String, Long> groups(Map<Long, Long> before) {
        Map<String, Long> groups = new TreeMap<>();
        threadTimes().forEach((id, ns) -> {
            ThreadInfo thread = THREADS.getThreadInfo(id);
            String name = thread == null ? "ended" : thread.getThreadName();
            long spent = ns - before.getOrDefault(id, 0L);
            if (spent > 5_000_000) {
                groups.merge(name.equals("main") ? "task" : name, spent, Long::sum);
            }
        });
        return groups;
    }
}
