package io.github.sealwatcher.watch.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command line of {@code bin/simulate}. */
public final class Simulate {

    private Simulate() {}

    /** Exit status 0 if nothing is wrong, 1 if something is, 2 if it can't be told. */
    public static void main(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        String script = value(words, "--script");
        String seed = value(words, "--seed");
        Faults faults = faults(words);
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
        System.out.println(FirstComplaint.draw(seed, faults).script());
        String complaint = FirstComplaint.shrunk(seed, faults);
        System.out.println(complaint == null ? "nothing is wrong" : complaint);
        return complaint == null;
    }

    private static boolean count(List<String> words, Faults faults) {
        String from = value(words, "--from");
        String count = value(words, "--seeds");
        long first = from == null ? 0 : Long.parseLong(from);
        long end = first + (count == null ? 1000 : Long.parseLong(count));
        long began = System.nanoTime();
        int wrong = 0;
        for (long seed = first; seed < end; seed++) {
            String complaint = FirstComplaint.shrunk(seed, faults);
            if (complaint != null) {
                wrong++;
                System.out.println("seed " + seed + ": " + complaint);
            }
        }
        long seconds = (System.nanoTime() - began) / SimClock.SECOND_NS;
        System.out.println((end - first) + " seeds, " + wrong + " wrong, " + seconds + " s");
        return wrong == 0;
    }
}
