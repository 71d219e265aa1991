package io.github.sealwatcher.soak;

import io.github.sealwatcher.chaos.checker.Verdict;
import io.github.sealwatcher.chaos.world.WallClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command. Exit status 0: nothing grew and nothing is lost; 1: something did or is; 2: the run itself went wrong. */
public final class Soak {
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);
    /** What is compiled, cached and filled once. */
    private static final double WARM_UP = 0.25;

    private final SoakOptions options;
    private final Path directory;
    private final SoakWorld world;

    private Soak(SoakOptions options, Path directory, SoakWorld world) {
        this.options = options;
        this.directory = directory;
        this.world = world;
    }

    /** @param arguments see bin/soak --help */
    public static void main(String[] arguments) throws IOException {
        SoakOptions options = SoakOptions.parse(List.of(arguments));
        Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target/soak-runs")), "soak-");
        System.out.println(options + ", in " + directory);
        int status = 2;
        try {
            SoakWorld world = new SoakWorld(options, directory);
            try {
                status = new Soak(options, directory, world).run();
            } finally {
                world.close();
            }
        } catch (RuntimeException e) {
            System.out.println("the run went wrong: " + e + "; see " + directory);
            e.printStackTrace();
        }
        System.exit(status);
    }

    private int run() throws IOException {
        world.begin();
        System.out.println("begun at " + WallClock.show(WallClock.nowNs()));
        long beganNs = WallClock.nowNs();
        try (Sampler sampler = new Sampler(directory, world)) {
            world.torment();
            double end = options.time().toSeconds();
            for (double next = 0;
                    sampler.seconds() < end;
                    next += options.interval().toMillis() / 1e3) {
                while (sampler.seconds() < next) {
                    world.trails().read();
                }
                sampler.sample();
                plot(sampler.samples(), beganNs);
            }
            world.calm();
            System.out.println("calm at " + WallClock.show(WallClock.nowNs()));
            return report(new SoakJudge(world).judge(sampler.samples(), warmUp()));
        }
    }

    private double warmUp() {
        return WARM_UP * options.time().toSeconds();
    }

    /** Anew after each sample, for whoever looks while it goes on. */
    private void plot(List<Sample> samples, long beganNs) throws IOException {
        List<Double> faults = world.journal().notes().stream()
                .filter(note -> note.kind().endsWith("fault"))
                .map(note -> (note.fromNs() - beganNs) / NANOS)
                .toList();
        Files.writeString(directory.resolve("plot.svg"), Plot.of(samples, faults, warmUp()));
    }

    private int report(Verdict verdict) throws IOException {
        StringBuilder text = new StringBuilder(verdict.figures());
        verdict.violations()
                .forEach(violation ->
                        text.append("  VIOLATED ").append(violation).append('\n'));
        text.append(verdict.violations().isEmpty() ? "PASS" : "FAIL")
                .append(", ")
                .append(Duration.ofSeconds(options.time().toSeconds()))
                .append("; samples, plot and logs are in ")
                .append(directory)
                .append('\n');
        System.out.print(text);
        Files.writeString(directory.resolve("verdict.txt"), text);
        return verdict.violations().isEmpty() ? 0 : 1;
    }
}
