package io.github.sealwatcher.chaos.checker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sealwatcher.chaos.world.LifecycleEvent;
import io.github.sealwatcher.chaos.world.OwnPodman;
import io.github.sealwatcher.chaos.world.WallClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** {@code podman events} on its own, and what it prints. */
public final class EventsCommand implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> TYPES = Map.of("start", "start", "died", "die");

    private final Path output;
    private final Process process;
    private final long begunNs = System.nanoTime();
    /** When, by the same clock. */
    private final CompletableFuture<Long> endedNs;

    /** @param options further ones, such as {@code --since} */
    public EventsCommand(OwnPodman podman, Path output, String... options) {
        this.output = output;
        List<String> line = new ArrayList<>(List.of("events", "--format", "json"));
        line.addAll(List.of(options));
        process = podman.begin(output, line.toArray(String[]::new));
        endedNs = process.onExit().thenApply(ended -> System.nanoTime());
    }

    /** All starts and deaths it has printed so far, in its order. */
    public List<LifecycleEvent> moments() {
        try {
            List<LifecycleEvent> moments = new ArrayList<>();
            for (String line : Files.readAllLines(output)) {
                JsonNode event = parsed(line);
                String type = TYPES.get(event.path("Status").asText());
                if (type != null && event.path("Type").asText().equals("container")) {
                    moments.add(new LifecycleEvent(event.path("ID").asText(), type, timeNs(event)));
                }
            }
            return moments;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What became of it, in words. */
    public String fate() {
        return endedNs.isDone()
                ? "ended by itself after "
                        + Duration.ofNanos(endedNs.join() - begunNs).toSeconds() + " s"
                : "";
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static long timeNs(JsonNode event) {
        // The one as Podman 4 has it, the other as 5.
        return event.has("timeNano")
                ? event.path("timeNano").asLong()
                : WallClock.parse(event.path("Time").asText());
    }

    /** The last line may be half written. */
    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
