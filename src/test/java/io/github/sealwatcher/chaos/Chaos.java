package io.github.sealwatcher.chaos;

import io.github.sealwatcher.chaos.checker.Verdict;
import io.github.sealwatcher.chaos.checker.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The command. Exit status 0: all guarantees held; 1: they did not; 2: the run itself went wrong. */
public final class Chaos {
    private static final int MAX_SHOWN = 20;
    private static final int MAX_HISTORIES = 5;

    private Chaos() {}

    /** @param arguments see bin/chaos --help */
    public static void main(String[] arguments) throws IOException {
        ChaosOptions options = ChaosOptions.parse(List.of(arguments));
        Path directory = Files.createDirectories(Path.of("target/chaos-runs", Long.toString(options.seed())));
        delete(directory);
        Files.createDirectories(directory);
        System.out.println("seed " + options.seed() + ", " + options.time().toSeconds() + " s, "
                + (options.atLeastOnce() ? "at least once" : "exactly once") + ", in " + directory);
        int status = 2;
        Experiment experiment = new Experiment(options, directory);
        try {
            status = report(experiment, directory);
        } catch (RuntimeException e) {
            System.out.println("the run went wrong: " + e + "; see " + directory);
            e.printStackTrace();
        }
        experiment.close();
        if (status == 0 && !options.keep()) {
            delete(directory);
        }
        System.exit(status);
    }

    private static int report(Experiment experiment, Path directory) throws IOException {
        Verdict verdict = experiment.run();
        StringBuilder text = new StringBuilder(verdict.figures());
        List<Violation> violations = verdict.violations();
        violations.stream()
                .limit(MAX_SHOWN)
                .forEach(violation ->
                        text.append("  VIOLATED ").append(violation).append('\n'));
        text.append(
                        violations.isEmpty()
                                ? "PASS"
                                : "FAIL, " + violations.size() + " violations; all is in " + directory)
                .append('\n');
        System.out.print(text);
        if (!violations.isEmpty()) {
            Set<String> ids = new LinkedHashSet<>();
            violations.forEach(violation -> ids.add(violation.id()));
            // What is about no container has no history.
            ids.remove("");
            ContainerHistory history = experiment.history();
            ids.stream().map(history::of).forEach(text::append);
            ids.stream().limit(MAX_HISTORIES).map(history::of).forEach(System.out::print);
        }
        Files.writeString(directory.resolve("verdict.txt"), text);
        return violations.isEmpty() ? 0 : 1;
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
