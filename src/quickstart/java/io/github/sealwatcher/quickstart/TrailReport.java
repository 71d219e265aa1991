package io.github.sealwatcher.quickstart;

import io.github.sealwatcher.testkit.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The page that the trail reader makes of what came through, as {@code bin/trail report} would. */
record TrailReport(Path jar, Path file) {
    private static final Path JAR = Path.of("target", "podman-trail.jar");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    TrailReport(Path file) {
        this(JAR, file);
    }

    /**
     * Writes it, over an older one.
     *
     * @throws IllegalStateException when it can't be made, with the reason
     */
    void write(String bootstrapServers, String prefix) {
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: run bin/trail --version once, which builds it");
        }
        List<String> line = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                jar.toString(),
                "report",
                "--bootstrap-server",
                bootstrapServers,
                "--prefix",
                prefix,
                "--title",
                "Audit trail of the quickstart",
                "--out",
                file.toString());
        new Command(line, Map.of(), LIMIT).run();
    }
}
