package io.github.sealwatcher.bench.endtoend;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sealwatcher.chaos.world.Podman;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Fills a real Podman's event log with lives of containers that never were, each like one that Podman itself wrote. */
final class SyntheticHistory {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration STEP = Duration.ofMillis(1);

    private final Instant begin;

    private SyntheticHistory(Instant begin) {
        this.begin = begin;
    }

    /** Writes about so many events, the last of them a moment ago; whole lives. */
    static SyntheticHistory write(Podman podman, int events) {
        podman.run(
                "run",
                "--rm",
                "--network",
                "none",
                "--name",
                "real",
                "--label",
                "com.docker.compose.project=shop",
                "--label",
                "tier=web",
                podman.image(),
                "true");
        try {
            List<ObjectNode> life = new ArrayList<>();
            for (String line : Files.readAllLines(podman.eventsLog())) {
                ObjectNode event = (ObjectNode) JSON.readTree(line);
                if (event.path("Name").asText().equals("real")) {
                    life.add(event);
                }
            }
            int lives = events / life.size();
            Instant begin = Instant.now().minus(STEP.multipliedBy((long) lives * life.size() + 1000));
            Files.delete(podman.eventsLog());
            try (Writer log = Files.newBufferedWriter(podman.eventsLog(), StandardOpenOption.CREATE)) {
                Instant time = begin;
                for (int i = 0; i < lives; i++) {
                    String id = String.format("%016x", mixed(i)).repeat(4);
                    for (ObjectNode event : life) {
                        time = time.plus(STEP);
                        event.put("ID", id).put("Name", "web-" + i).put("Time", time.toString());
                        log.append(event.toString()).append('\n');
                    }
                }
            }
            return new SyntheticHistory(begin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Before the first event. */
    Instant begin() {
        return begin;
    }

    /** Spreads numbers over all bits, as ids are (SplitMix64). */
    private static long mixed(long number) {
        long mixed = (number + 1) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
