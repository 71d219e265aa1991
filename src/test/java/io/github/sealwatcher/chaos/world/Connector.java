package io.github.sealwatcher.chaos.world;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sealwatcher.testkit.Await;
import io.github.sealwatcher.testkit.ConnectRest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The connector as it is shipped, with short intervals, and what an operator does with it. */
public final class Connector {
    static final String HOST = "chaos";
    public static final Duration RESYNC = Duration.ofSeconds(10);

    private static final String NAME = "podman";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ConnectRest rest;
    private final Journal journal;
    /** Without filters. */
    private Map<String, String> plain = Map.of();
    /** Whether somebody has paused or stopped it on purpose. */
    private volatile boolean halted;

    public Connector(ConnectRest rest, Journal journal) {
        this.rest = rest;
        this.journal = journal;
    }

    /** With the host as the only setting. */
    public void createAsShipped(Path socket) {
        create(socket, Map.of());
    }

    public void create(Path socket) {
        Map<String, String> config = Map.of(
                "resync.interval.ms", Long.toString(RESYNC.toMillis()),
                "heartbeat.interval.ms", "5000",
                "connect.timeout.ms", "3000",
                "request.timeout.ms", "10000",
                "ping.interval.ms", "3000",
                "retry.backoff.max.ms", "5000");
        create(socket, config);
    }

    private void create(Path socket, Map<String, String> config) {
        Map<String, String> all = new HashMap<>(config);
        all.put("podman.hosts", HOST + "=unix://" + socket.toAbsolutePath());
        create(all);
    }

    /** @param config what is added to what is shipped: its hosts at least */
    public void create(Map<String, String> config) {
        ObjectNode json = shipped();
        json.put("name", NAME);
        config.forEach(json.withObject("/config")::put);
        rest.create(json);
        plain = JSON.convertValue(json.path("config"), new TypeReference<>() {});
    }

    /** Replaces the configuration. */
    public void filter(Filter filter) {
        Map<String, String> config = new HashMap<>(plain);
        filter.settings().forEach((key, value) -> {
            if (!value.isEmpty()) {
                config.put(key, value);
            }
        });
        rest.configure(NAME, config);
    }

    /** Whether the tasks' configuration has these settings. */
    public boolean tasksHave(Filter filter) {
        JsonNode tasks = rest.tasks(NAME);
        for (JsonNode task : tasks) {
            boolean same = filter.settings().entrySet().stream()
                    .allMatch(setting ->
                            task.path("config").path(setting.getKey()).asText().equals(setting.getValue()));
            if (!same) {
                return false;
            }
        }
        return !tasks.isEmpty();
    }

    public boolean isRunning() {
        return rest.isIn("RUNNING", NAME);
    }

    /** Whether a place to resume from is stored: before, a kill lets the trail begin anew. */
    public boolean hasOffset() {
        return !rest.offsets(NAME).path("offsets").isEmpty();
    }

    public void pause() {
        halted = true;
        rest.pause(NAME);
    }

    public void stop() {
        halted = true;
        rest.stop(NAME);
    }

    public boolean isStopped() {
        JsonNode status = rest.status(NAME);
        return status.at("/connector/state").asText().equals("STOPPED")
                && status.path("tasks").isEmpty();
    }

    public void resume() {
        rest.resume(NAME);
        halted = false;
    }

    public void restart() {
        rest.restart(NAME);
    }

    /** Lets the stopped connector read again from a moment on. */
    public void rewind(long timeNs) {
        ObjectNode offset = JSON.createObjectNode();
        offset.putObject("partition").put("host", HOST);
        offset.putObject("offset").put("time_ns", timeNs);
        ObjectNode body = JSON.createObjectNode();
        body.putArray("offsets").add(offset);
        rest.alterOffsets(NAME, body);
    }

    /** What an operator does about failed tasks, which Connect leaves lying. Never fails. */
    public void tend() {
        try {
            if (halted) {
                return;
            }
            for (JsonNode task : rest.status(NAME).path("tasks")) {
                if (task.path("state").asText().equals("FAILED")) {
                    journal.write(
                            WallClock.nowNs(),
                            "task",
                            "failed",
                            task.path("trace").asText());
                    rest.restart(NAME);
                }
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            // The worker is down or busy with a rebalance: the next look comes soon.
            return;
        }
    }

    /** Waits for a condition that a worker in trouble may be unable to tell. */
    public static void await(String what, Duration limit, Question question) {
        Await.until(what, limit, () -> {
            try {
                return question.ask();
            } catch (UncheckedIOException | IllegalStateException e) {
                return false;
            }
        });
    }

    /** Something asked of the worker. */
    @FunctionalInterface
    public interface Question {
        boolean ask();
    }

    private static ObjectNode shipped() {
        try {
            return (ObjectNode)
                    JSON.readTree(Path.of("config/podman-source.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
