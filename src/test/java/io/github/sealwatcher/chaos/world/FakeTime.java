package io.github.sealwatcher.chaos.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Lets a process see a wall clock that is ahead of or behind the machine's by a constant, with the library of Debian's
 * package faketime. The command of that name isn't used: it would stay as a parent, and a kill -9 would hit it alone.
 */
final class FakeTime {
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final String NAME = "faketime/libfaketimeMT.so.1";

    private FakeTime() {}

    /** What to add to a process's environment; nothing if its clock is to be the machine's. */
    static Map<String, String> environment(Duration ahead) {
        if (ahead.isZero()) {
            return Map.of();
        }
        return Map.of(
                "LD_PRELOAD",
                library().toString(),
                "FAKETIME",
                "%+d".formatted(ahead.toSeconds()),
                // Durations, time limits and waits of the JVM are none of a wall clock's business.
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "DONT_FAKE_MONOTONIC",
                "1",
                // Otherwise it takes the JVM's waits for waits by the wall clock: they end at once, or an hour late.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0",
                "NO_FAKE_STAT",
                "1");
    }

    private static Path library() {
        try (Stream<Path> architectures = Files.list(LIBRARIES)) {
            List<Path> found = architectures
                    .map(architecture -> architecture.resolve(NAME))
                    .filter(Files::exists)
                    .toList();
            if (found.isEmpty()) {
                throw new IllegalStateException(
                        "No " + NAME + " in a directory below " + LIBRARIES + ": install the Debian package faketime");
            }
            return found.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
