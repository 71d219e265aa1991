package io.github.sealwatcher.bench.endtoend;

import io.github.sealwatcher.bench.endtoend.TopicGrowth.Growth;
import io.github.sealwatcher.chaos.world.Cluster;
import io.github.sealwatcher.chaos.world.Podman;
import io.github.sealwatcher.fleet.Gauge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The passes' figures, and their medians. */
final class Results {

    private final long events;
    private final List<Pass> passes = new ArrayList<>();
    private final Map<String, Map<Long, ProcessorTime.Spent>> threadsBefore = new HashMap<>();
    private final Map<String, Double> brokerBefore = new HashMap<>();
    /** By source: groups of the worker's threads, and the broker, in seconds. */
    private final Map<String, Map<String, Double>> spent = new HashMap<>();

    private final Map<String, List<Map<String, Double>>> allSpent = new HashMap<>();

    /** Events a second of each. */
    private record Pass(double curl, double memory, double ours) {

        double ratio() {
            return ours / Math.min(curl, memory);
        }
    }

    /** @param events how many the stream holds */
    Results(long events) {
        this.events = events;
    }

    void begin(String source, Cluster cluster, Podman podman) {
        threadsBefore.put(source, ProcessorTime.of(cluster.worker().pid()));
        brokerBefore.put(source, new Gauge(cluster.broker().pid()).now().cpuSeconds());
    }

    void end(String source, Cluster cluster, Podman podman) {
        Map<String, Double> groups = new TreeMap<>(ProcessorTime.between(
                threadsBefore.get(source), ProcessorTime.of(cluster.worker().pid())));
        groups.put("(broker)", new Gauge(cluster.broker().pid()).now().cpuSeconds() - brokerBefore.get(source));
        spent.put(source, groups);
    }

    /** A pass is complete; the first one only warms up. */
    void add(int number, double curlSeconds, Growth memory, Growth ours) {
        var pass = new Pass(events / curlSeconds, events / memory.wholeSeconds(), events / ours.wholeSeconds());
        System.out.printf(
                Locale.ROOT,
                "%s curl %.0f events/s; from memory %.0f (%d + %d records, %d bytes each); ours %.0f (%d + %d records);"
                        + " ours to the slower of both %.2f; load %s%n",
                number <= 0 ? "warm-up" : "pass " + number,
                pass.curl(),
                pass.memory(),
                memory.events(),
                memory.records() - memory.events(),
                memory.bytes() / memory.records(),
                pass.ours(),
                ours.events(),
                ours.records() - ours.events(),
                pass.ratio(),
                load());
        if (number > 0) {
            passes.add(pass);
            spent.forEach((source, groups) ->
                    allSpent.computeIfAbsent(source, any -> new ArrayList<>()).add(groups));
        }
    }

    void print() {
        System.out.println(line("curl", Pass::curl));
        System.out.println(line("from memory", Pass::memory));
        System.out.println(line("ours", Pass::ours));
        System.out.printf(
                Locale.ROOT,
                "ours to the slower of both: %.2f (%.2f to %.2f); to curl %.2f; to memory %.2f%n",
                median(Pass::ratio),
                sorted(Pass::ratio).get(0),
                sorted(Pass::ratio).get(passes.size() - 1),
                median(pass -> pass.ours() / pass.curl()),
                median(pass -> pass.ours() / pass.memory()));
        allSpent.forEach((source, all) -> {
            var text = new StringBuilder();
            var groups = new TreeMap<String, Double>();
            all.forEach(one -> one.forEach((group, seconds) -> groups.merge(group, seconds / all.size(), Double::sum)));
            groups.forEach((group, seconds) ->
                    text.append(String.format(Locale.ROOT, " %s %.1f", group, seconds * 1e6 / events)));
            System.out.println("us of CPU an event, " + source + ":" + text);
        });
    }

    private String line(String name, ToDoubleFunction<Pass> figure) {
        List<Double> sorted = sorted(figure);
        return String.format(
                Locale.ROOT,
                "%-12s median %.0f events/s (%.0f to %.0f)",
                name,
                median(figure),
                sorted.get(0),
                sorted.get(sorted.size() - 1));
    }

    private double median(ToDoubleFunction<Pass> figure) {
        return sorted(figure).get(passes.size() / 2);
    }

    private List<Double> sorted(ToDoubleFunction<Pass> figure) {
        return passes.stream().map(figure::applyAsDouble).sorted().toList();
    }

    private static String load() {
        return String.format(
                Locale.ROOT,
                "%.1f",
                java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                        .getSystemLoadAverage());
    }
}
