package io.github.sealwatcher.bench.endtoend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The processor time of a process up to now, by groups of its threads, as the kernel counts it. */
final class ProcessorTime {

    private static final double TICKS_A_SECOND = 100;

    private ProcessorTime() {}

    /** @param name the thread's present one */
    record Spent(String name, double seconds) {}

    /** What each of its threads took, by id; pools rename theirs. */
    static Map<Long, Spent> of(long pid) {
        Map<Long, Spent> times = new TreeMap<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads.toList()) {
                String stat = text(thread.resolve("stat"));
                if (!stat.isEmpty()) {
                    String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
                    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                    double seconds = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
                    times.put(Long.valueOf(thread.getFileName().toString()), new Spent(name, seconds));
                }
            }
        } catch (IOException e) {
            // The process is gone.
            return times;
        }
        return times;
    }

    /** What each group took between two looks, largest first by name. */
    static Map<String, Double> between(Map<Long, Spent> before, Map<Long, Spent> after) {
        Map<String, Double> groups = new TreeMap<>();
        after.forEach((thread, now) -> {
            Spent then = before.get(thread);
            double spent = now.seconds() - (then == null ? 0 : then.seconds());
            if (spent > 0) {
                groups.merge(group(now.name()), spent, Double::sum);
            }
        });
        return groups;
    }

    /** The kernel keeps fifteen characters of a name. */
    private static String group(String name) {
        if (name.startsWith("task-thread")) {
            return "task";
        }
        if (name.startsWith("kafka-producer")) {
            return "producer";
        }
        if (name.matches("C[12] Compiler.*")) {
            return "compiler";
        }
        if (name.matches("(VM Thread|GC Thread.*|G1 .*|VM Periodic.*)")) {
            return "collector";
        }
        if (name.startsWith("podman")) {
            return "connector";
        }
        return "rest";
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // That thread is gone.
            return "";
        }
    }
}
