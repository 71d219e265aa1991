package io.github.sealwatcher.fault;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What exists on the fake's host. What happens to containers changes their state and writes Podman's events; the raw parts
 * (containers without events, events without containers) can be set one by one to fake what Podman loses. Thread-safe.
 */
public final class FakeHost {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final FakeLog log = new FakeLog();
    /** Guarded by this, as is everything that changes below. */
    private final Map<String, FakeContainer> containers = new LinkedHashMap<>();

    private final Map<String, String> pods = new LinkedHashMap<>();
    private long lastNs;
    private int lastPid = 1000;

    /** The next time stamp: this machine's clock, and always later than the one before. */
    public synchronized long tick() {
        Instant now = Instant.now();
        lastNs = Math.max(lastNs + 1, now.getEpochSecond() * 1_000_000_000L + now.getNano());
        return lastNs;
    }

    /** Creates and starts a container. */
    public synchronized FakeContainer run(FakeContainer created) {
        put(created);
        emit(created, "create");
        return start(created);
    }

    /** Starts a container, the first time or again. */
    public synchronized FakeContainer start(FakeContainer container) {
        emit(container, "init");
        FakeContainer started = put(latest(container).running(++lastPid, tick()));
        emit(started, "start");
        return started;
    }

    public synchronized FakeContainer pause(FakeContainer container) {
        return change(container, now -> now.inState("paused"), "pause");
    }

    public synchronized FakeContainer unpause(FakeContainer container) {
        return change(container, now -> now.inState("running"), "unpause");
    }

    public synchronized FakeContainer die(FakeContainer container, int exitCode) {
        FakeContainer dead = put(latest(container).exited(exitCode, tick()));
        emit(dead, "died");
        emit(dead, "cleanup");
        return dead;
    }

    public synchronized void remove(FakeContainer container) {
        FakeContainer last = latest(container);
        containers.remove(container.id());
        emit(last, "remove");
    }

    /** Creates a pod; its id is derived from its name. */
    public synchronized String createPod(String name) {
        String id = FakeContainer.created("pod " + name).id();
        pods.put(id, name);
        long now = tick();
        log.append(now, FakeContainer.podEvent("create", id, name, now));
        return id;
    }

    public synchronized void removePod(String id) {
        String name = pods.remove(id);
        long now = tick();
        log.append(now, FakeContainer.podEvent("remove", id, name == null ? "" : name, now));
    }

    /** Adds or replaces a container without any event. */
    public synchronized FakeContainer put(FakeContainer container) {
        containers.put(container.id(), container);
        return container;
    }

    /** Removes a container without any event. */
    public synchronized void drop(FakeContainer container) {
        containers.remove(container.id());
    }

    /** Writes an event of a container now, without changing it. */
    public void emit(FakeContainer container, String action) {
        long now = tick();
        log.append(now, container.event(action, now));
    }

    /** Writes an event of a container with any time stamp. */
    public void emit(FakeContainer container, String action, long timeNs) {
        log.append(timeNs, container.event(action, timeNs));
    }

    /** Writes a system event, {@code refresh} or {@code log-rotation}. */
    public void emitSystem(String action) {
        long now = tick();
        log.append(now, FakeContainer.event("system", action, "", MAPPER.createObjectNode(), now));
    }

    /** Writes anything as a line, whatever since is asked for. */
    public void emitLine(String line) {
        log.append(Long.MAX_VALUE, line);
    }

    /** Loses all history, as a rotation or a reboot does; streams go on. */
    public void forgetHistory() {
        log.forget();
    }

    /** Ends all streams cleanly, as Podman 4 does at a rotation. */
    public void endStreams() {
        log.endStreams();
    }

    FakeLog log() {
        return log;
    }

    synchronized String list() {
        ArrayNode rows = MAPPER.createArrayNode();
        containers.values().forEach(c -> rows.add(c.listRow(pods.getOrDefault(c.podId(), ""))));
        return rows.toString();
    }

    /** Podman matches beginnings of ids. */
    synchronized String list(String idPrefix) {
        ArrayNode rows = MAPPER.createArrayNode();
        containers.values().stream()
                .filter(c -> c.id().startsWith(idPrefix))
                .forEach(c -> rows.add(c.listRow(pods.getOrDefault(c.podId(), ""))));
        return rows.toString();
    }

    synchronized Optional<String> inspect(String id) {
        return Optional.ofNullable(containers.get(id)).map(c -> c.inspect().toString());
    }

    synchronized Optional<String> pod(String id) {
        return Optional.ofNullable(pods.get(id)).map(name -> {
            ObjectNode pod = MAPPER.createObjectNode();
            return pod.put("Id", id).put("Name", name).toString();
        });
    }

    private FakeContainer change(FakeContainer container, UnaryOperator<FakeContainer> change, String action) {
        FakeContainer changed = put(change.apply(latest(container)));
        emit(changed, action);
        return changed;
    }

    private FakeContainer latest(FakeContainer container) {
        return containers.getOrDefault(container.id(), container);
    }
}
