package io.github.sealwatcher.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sealwatcher.testkit.TopicReader;
import io.github.sealwatcher.testkit.TopicReader.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What arrives at a consumer, and when; read by a thread of its own. */
public final class Deliveries implements AutoCloseable {
    private static final String EVENTS = "podman.container.events";
    private static final String HOSTS = "podman.host.events";

    private final TopicReader reader;
    private final Thread thread = new Thread(this::read, "deliveries");
    private final Set<String> synced = ConcurrentHashMap.newKeySet();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();
    /** When each event arrived; guarded by itself. */
    private final Map<ScriptedHost.WrittenEvent, List<Long>> arrivals = new HashMap<>();

    private volatile boolean closed;

    /** Begins to read. */
    public Deliveries(String bootstrapServers) {
        reader = new TopicReader(bootstrapServers, List.of(EVENTS, HOSTS));
        thread.setDaemon(true);
        thread.start();
    }

    /** How many hosts were synchronized at least once. */
    public int synchronizedHosts() {
        return synced.size();
    }

    /** How many hosts were said to be disconnected and not to be connected again. */
    int disconnectedHosts() {
        return lost.size();
    }

    /** How many of these haven't arrived. */
    public int missing(Collection<ScriptedHost.WrittenEvent> expected) {
        synchronized (arrivals) {
            return (int) expected.stream()
                    .filter(written -> !arrivals.containsKey(written))
                    .count();
        }
    }

    /** How many of these have arrived more than once. */
    int repeated(Collection<ScriptedHost.WrittenEvent> expected) {
        synchronized (arrivals) {
            return (int) expected.stream()
                    .filter(written -> arrivals.getOrDefault(written, List.of()).size() > 1)
                    .count();
        }
    }

    /** From each event to its first arrival, in milliseconds, sorted. */
    public double[] latenciesMs(Collection<ScriptedHost.WrittenEvent> expected) {
        synchronized (arrivals) {
            return expected.stream()
                    .filter(arrivals::containsKey)
                    .mapToDouble(written -> (arrivals.get(written).get(0) - written.timeNs()) / 1e6)
                    .sorted()
                    .toArray();
        }
    }

    private void read() {
        while (!closed) {
            List<Entry> entries = reader.poll();
            Instant now = Instant.now();
            long nowNs = now.getEpochSecond() * 1_000_000_000L + now.getNano();
            synchronized (arrivals) {
                entries.forEach(entry -> take(entry, nowNs));
            }
        }
        reader.close();
    }

    private void take(Entry entry, long nowNs) {
        String host = entry.key().path("host").asText();
        JsonNode value = entry.value();
        String type = value.path("type").asText();
        if (entry.topic().equals(EVENTS)) {
            var written = new ScriptedHost.WrittenEvent(
                    host,
                    entry.key().path("container_id").asText(),
                    type,
                    value.path("time_ns").asLong());
            arrivals.computeIfAbsent(written, first -> new ArrayList<>()).add(nowNs);
        } else if (type.equals("synchronized")) {
            synced.add(host);
        } else if (type.equals("disconnected")) {
            lost.add(host);
        } else if (type.equals("connected")) {
            lost.remove(host);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
