package io.github.sealwatcher.chaos.world;

import java.util.List;
import java.util.stream.Stream;

/** Podman's commands, each with what came of it in the journal. */
public final class Commands {
    public static final String PREFIX = "chaos-";

    private final Podman podman;
    private final Journal journal;

    public Commands(Podman podman, Journal journal) {
        this.podman = podman;
        this.journal = journal;
    }

    /** @throws IllegalStateException when it fails */
    public String run(String... arguments) {
        long fromNs = WallClock.nowNs();
        String outcome = "";
        try {
            outcome = podman.run(arguments);
            return outcome;
        } catch (IllegalStateException e) {
            outcome = "failed: " + e.getMessage();
            throw e;
        } finally {
            journal.write(fromNs, "command", String.join(" ", arguments), outcome);
        }
    }

    /** A container's command line: {@code verb} and its options, the image, what to run in it. */
    public String container(List<String> verb, String name, String... program) {
        return run(Stream.of(verb, List.of("--name", name, podman.image()), List.of(program))
                .flatMap(List::stream)
                .toArray(String[]::new));
    }

    /** The same, but a failure is only written down. */
    public void attempt(String... arguments) {
        try {
            run(arguments);
        } catch (IllegalStateException e) {
            // The journal has it.
            return;
        }
    }
}
