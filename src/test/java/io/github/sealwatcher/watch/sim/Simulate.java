package io.github.sealwatcher.watch.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The command line of {@code bin/simulate}. */
public final class Simulate {

    private Simulate() {}

    /** Exit status 0 if nothing is wrong, 1 if something is, 2 if it can't be told. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> words = List.of(arguments);
        String script = value(words, "--script");
        String seed = value(words, "--seed");
        Faults faults = faults(words);
        Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {
            thrown.printStackTrace();
            System.exit(2);
        });
        boolean right = script != null
                ? play(Script.parse(Files.readString(Path.of(script))), words.contains("--trace"))
                : seed != null ? show(Long.parseLong(seed), faults) : count(words, faults);
        System.exit(right ? 0 : 1);
    }

    private static Faults faults(List<String> words) {
        String mix = value(words, "--faults");
        Faults faults = switch (mix == null ? "all" : mix) {
            case "none" -> Faults.none();
            case "harmless" -> Faults.harmless();
            case "all" -> Faults.all();
            default -> throw new IllegalArgumentException("--faults is none, harmless or all, not " + mix);
        };
        String without = value(words, "--without");
        if (without != null) {
            faults = faults.without(Arrays.stream(without.split(",", -1))
                    .map(name -> Fault.valueOf(name.toUpperCase(Locale.ROOT)))
                    .toList());
        }
        return words.contains("--at-least-once") ? faults.atLeastOnce() : faults;
    }

    private static @Nullable String value(List<String> words, String option) {
        int at = words.indexOf(option);
        return at < 0 || at + 1 == words.size() ? null : words.get(at + 1);
    }

    private static boolean play(Script script, boolean traced) {
        if (traced) {
            Simulation.of(script, Tracer.to(System.out));
        }
        String complaint = Shrinker.complaint(script);
        System.out.println(complaint == null ? "nothing is wrong" : complaint);
        return complaint == null;
    }

    private static boolean show(long seed, Faults faults) {
        System.out.println(FirstViolation.draw(seed, faults).script());
        String complaint = FirstViolation.shrunk(seed, faults);
        System.out.println(complaint == null ? "nothing is wrong" : complaint);
        return complaint == null;
    }

    private static boolean count(List<String> words, Faults faults) throws InterruptedException {
        String from = value(words, "--from");
        String count = value(words, "--seeds");
        long first = from == null ? 0 : Long.parseLong(from);
        long end = first + (count == null ? 1000 : Long.parseLong(count));
        String kind = value(words, "--kind");
        boolean tabled = words.contains("--table");
        boolean lists = words.contains("--list");
        long began = System.nanoTime();
        Table table = new Table();
        ConcurrentSkipListMap<Long, String> said = new ConcurrentSkipListMap<>();
        AtomicLong next = new AtomicLong(first);
        Runnable work = () -> {
            for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
                Simulation run = FirstViolation.draw(seed, faults);
                List<String> complaints = Checkers.all(run).stream()
                        .filter(complaint -> kind == null || complaint.startsWith(kind))
                        .toList();
                if (!complaints.isEmpty()) {
                    table.add(seed, tabled ? Table.causes(run.script(), complaints) : kinds(complaints));
                    if (!tabled) {
                        said.put(
                                seed,
                                lists
                                        ? String.join("\n  ", complaints)
                                        : complaints.get(0) + "\n" + Shrinker.shrink(run.script(), complaints.get(0)));
                    }
                }
            }
        };
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread[] threads = new Thread[Runtime.getRuntime().availableProcessors()];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(work);
            threads[i].setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("the simulator itself failed", failure.get());
        }
        said.forEach((seed, what) -> System.out.println("seed " + seed + ": " + what));
        if (table.failed() > 0) {
            System.out.println(table);
        }
        long seconds = (System.nanoTime() - began) / SimClock.SECOND_NS;
        System.out.println((end - first) + " seeds, " + table.failed() + " wrong, " + seconds + " s");
        return table.failed() == 0;
    }

    private static Map<String, String> kinds(List<String> complaints) {
        Map<String, String> kinds = new TreeMap<>();
        complaints.forEach(complaint -> kinds.put(Table.kind(complaint), "-"));
        return kinds;
    }
}
