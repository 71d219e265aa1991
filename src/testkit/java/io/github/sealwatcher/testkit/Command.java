package io.github.sealwatcher.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One run of an external program. Its output goes through files, not pipes: a daemon it leaves behind (conmon) would
 * keep a pipe open for ever.
 */
public record Command(List<String> line, Map<String, String> environment, Duration limit) {
    private static final List<String> REDIRECTING =
            List.of("CONTAINER_HOST", "CONTAINER_CONNECTION", "CONTAINER_SSHKEY");

    public static String run(String... line) {
        return new Command(List.of(line), Map.of(), Duration.ofMinutes(1)).run();
    }

    /**
     * Runs to the end.
     *
     * @return what it wrote to standard output, without the last line end
     * @throws IllegalStateException when it fails or exceeds the limit, with what it wrote to standard error
     */
    public String run() {
        try {
            Path out = Files.createTempFile("seal-out", null);
            Path err = Files.createTempFile("seal-err", null);
            try {
                int status = exitStatus(out, err);
                if (status != 0) {
                    throw new IllegalStateException(
                            String.join(" ", line) + " ended with " + status + ": " + text(err));
                }
                return text(out);
            } finally {
                Files.deleteIfExists(out);
                Files.deleteIfExists(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int exitStatus(Path out, Path err) throws IOException {
        Process process = start(builder()
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile()));
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            throw new IllegalStateException(
                    String.join(" ", line) + " did not end within " + limit.toSeconds() + " s: " + text(err));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while running " + String.join(" ", line), e);
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IllegalStateException(line.get(0) + " cannot be run; is it installed?", e);
        }
    }

    /** A builder for the same line, told to leave any Podman of the user's environment alone. */
    ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(line);
        REDIRECTING.forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        return builder;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file).stripTrailing();
    }
}
