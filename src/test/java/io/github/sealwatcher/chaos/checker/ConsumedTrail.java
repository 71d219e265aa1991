package io.github.sealwatcher.chaos.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sealwatcher.chaos.world.Filter;
import io.github.sealwatcher.chaos.world.WallClock;
import io.github.sealwatcher.testkit.TopicReader;
import io.github.sealwatcher.testkit.TopicReader.Entry;
import io.github.sealwatcher.trail.fold.Fold;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What consumers of the connector's topics know, read committed from the beginning. One thread. */
public final class ConsumedTrail implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String prefix;
    private final TopicReader reader;
    private final BufferedWriter copy;
    private final List<EmittedEvent> emitted = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final List<String> engines = new ArrayList<>();
    private final Map<String, String> table = new TreeMap<>();
    private final AtomicInteger syncs = new AtomicInteger();
    private boolean isSynchronized;

    /** @param copy where all records are kept as JSON lines */
    public ConsumedTrail(String bootstrapServers, Path copy) {
        this(bootstrapServers, Filter.PREFIX, copy);
    }

    /**
     * @param prefix of the topics' names
     */
    public ConsumedTrail(String bootstrapServers, String prefix, Path copy) {
        this.prefix = prefix;
        this.reader = new TopicReader(
                bootstrapServers,
                List.of(prefix + ".container.events", prefix + ".container.state", prefix + ".host.events"));
        try {
            this.copy = Files.newBufferedWriter(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what there is by now, or waits a moment for more. */
    public void read() {
        try {
            for (Entry entry : reader.poll()) {
                ObjectNode line = JSON.createObjectNode().put("topic", entry.topic());
                line.set("key", entry.key());
                line.set("value", entry.value());
                copy.write(line.toString());
                copy.newLine();
                take(entry.topic(), entry.key().path("container_id").asText(), entry.value());
            }
            copy.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String prefix() {
        return prefix;
    }

    public List<EmittedEvent> emitted() {
        return List.copyOf(emitted);
    }

    public List<Gap> gaps() {
        return List.copyOf(gaps);
    }

    /** The versions of Podman that it was said to have changed to. */
    List<String> engines() {
        return List.copyOf(engines);
    }

    /** How often the connector has said that it knows all. */
    public int syncs() {
        return syncs.get();
    }

    /** Whether it has said so since it was connected last. */
    boolean isSynchronized() {
        return isSynchronized;
    }

    /** What is alive by the state topic: status and pod by container. */
    public Map<String, String> table() {
        return new TreeMap<>(table);
    }

    /** The same by the trail alone. */
    public Map<String, String> folded() {
        Fold fold = new Fold();
        emitted.forEach(event -> fold.apply(event.event()));
        Map<String, String> alive = new TreeMap<>();
        fold.alive()
                .forEach((key, live) -> alive.put(
                        key.id(),
                        alive(
                                live.status(),
                                live.pod() == null ? "" : live.pod().id())));
        return alive;
    }

    static String alive(String status, String pod) {
        return pod.isEmpty() ? status : status + " in " + pod;
    }

    @Override
    public void close() {
        reader.close();
        try {
            copy.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(String topic, String id, JsonNode value) {
        switch (topic.substring(prefix.length() + 1)) {
            case "container.events" -> emitted.add(EmittedEvent.of(value, emitted.size(), WallClock.nowNs()));
            case "container.state" -> {
                if (value.isNull()) {
                    table.remove(id);
                } else {
                    table.put(
                            id,
                            alive(
                                    value.path("status").asText(),
                                    value.at("/pod/id").asText("")));
                }
            }
            default -> takeHost(value);
        }
    }

    private void takeHost(JsonNode value) {
        String type = value.path("type").asText();
        isSynchronized = type.equals("synchronized")
                || (isSynchronized && !type.equals("connected") && !type.equals("disconnected"));
        if (type.equals("history_gap")) {
            long now = WallClock.nowNs();
            gaps.add(new Gap(
                    value.path("gap_from_ns").asLong(),
                    value.path("gap_to_ns").asLong(),
                    Math.min(value.path("time_ns").asLong(), now),
                    now));
        } else if (type.equals("synchronized")) {
            syncs.incrementAndGet();
        } else if (type.equals("engine_changed")) {
            engines.add(value.at("/engine/version").asText());
        }
    }
}
