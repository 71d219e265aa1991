package io.github.sealwatcher.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Prints what an event costs from the bytes of the stream to the record, without Kafka: processor time and garbage of one
 * thread, by stage, the median of several runs. Processor time of the thread, so that what else runs on the machine counts
 * little.
 */
public final class Records {

    private static final int WARM_UP = 4;
    private static final int RUNS = 5;

    private Records() {}

    /** Arguments: how many events a run has; then the workloads and ways, all by default. */
    public static void main(String[] args) {
        int events = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        String only = args.length > 1 ? args[1].toUpperCase(Locale.ROOT) : "";
        System.out.printf(
                "%-14s %9s | %-15s | %-15s | %-15s | %-15s | %-15s%n",
                "", "events/s", "decode", "core", "map, offset", "of it: offset", "all");
        for (boolean live : new boolean[] {false, true}) {
            for (Workload workload : Workload.values()) {
                String name = (live ? "live " : "replay ") + workload.name().toLowerCase(Locale.ROOT);
                if (name.toUpperCase(Locale.ROOT).contains(only)) {
                    measure(name, workload.bytes(events), events, live);
                }
            }
        }
    }

    private static void measure(String name, byte[] bytes, int events, boolean live) {
        List<Pipeline> runs = new ArrayList<>();
        long records = 0;
        for (int i = 0; i < WARM_UP + RUNS; i++) {
            var run = new Pipeline(live);
            records = run.run(bytes);
            if (i >= WARM_UP) {
                runs.add(run);
            }
        }
        double all = median(runs, run -> all(run, meter -> meter.microseconds(events)));
        System.out.printf(
                "%-14s %9.0f | %s | %s | %s | %s | %5.1f us %5.0f B  (%d records)%n",
                name,
                1e6 / all,
                stage(runs, run -> run.decode, events),
                stage(runs, run -> run.core, events),
                stage(runs, run -> run.map, events),
                stage(runs, run -> run.offset, events),
                all,
                median(runs, run -> all(run, meter -> meter.bytes(events))),
                records);
    }

    private static double all(Pipeline run, ToDoubleFunction<Meter> figure) {
        return figure.applyAsDouble(run.decode) + figure.applyAsDouble(run.core) + figure.applyAsDouble(run.map);
    }

    private static String stage(List<Pipeline> runs, java.util.function.Function<Pipeline, Meter> stage, int events) {
        return String.format(
                "%5.1f us %5.0f B",
                median(runs, run -> stage.apply(run).microseconds(events)),
                median(runs, run -> stage.apply(run).bytes(events)));
    }

    private static double median(List<Pipeline> runs, ToDoubleFunction<Pipeline> figure) {
        List<Double> figures = runs.stream()
                .map(figure::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .toList();
        return figures.get(figures.size() / 2);
    }
}
