package io.github.sealwatcher.fleet;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A Podman host whose containers do as told: what it lists, inspects and writes into its event log, in Podman's own words.
 * It loses nothing, and writes an event at the moment that the event is of. Thread-safe.
 */
public final class ScriptedHost {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SECOND_NS = 1_000_000_000L;
    private static final String IMAGE = "localhost/busybox:latest";
    private static final long NEVER = -62135596800L;

    private final String name;
    private final Path socket;
    /** Guarded by this, as is everything below. */
    private final Map<String, Box> boxes = new LinkedHashMap<>();

    private final List<Line> log = new ArrayList<>();
    private final List<Consumer<byte[]>> followers = new ArrayList<>();
    private final List<WrittenEvent> written = new ArrayList<>();
    private long lastNs;
    private int lastPid = 1000;

    /** The start or end of a container's life, as the host's log has it. */
    public record WrittenEvent(String host, String containerId, String type, long timeNs) {}

    private record Line(long timeNs, byte[] bytes) {}

    /** @param pid 0 for a container that doesn't run */
    private record Box(String id, String name, int pid, long startedNs, long endedNs) {}

    ScriptedHost(String name, Path socket) {
        this.name = name;
        this.socket = socket;
    }

    /** What an inventory calls it. */
    public String name() {
        return name;
    }

    Path socket() {
        return socket;
    }

    /** Its line in an inventory. */
    public String entry() {
        return name + "=unix://" + socket;
    }

    /** Starts a container, which is created the first time. */
    public synchronized WrittenEvent start(String box) {
        long now = tick();
        Box started = new Box(id(box), box, ++lastPid, now, 0);
        boxes.put(box, started);
        return write(started, "start", "start");
    }

    /** Ends a container that runs. */
    public synchronized WrittenEvent die(String box) {
        Box running = boxes.get(box);
        Box dead = new Box(running.id(), box, 0, running.startedNs(), tick());
        boxes.put(box, dead);
        return write(dead, "died", "die");
    }

    /** Takes a container away as {@code --rm} does: nothing more is known of it. */
    public synchronized void forget(String box) {
        boxes.remove(box);
    }

    /** Every start and death so far. */
    public synchronized List<WrittenEvent> written() {
        return List.copyOf(written);
    }

    /** The ids of the containers that run. */
    public synchronized List<String> running() {
        return boxes.values().stream()
                .filter(box -> box.pid() != 0)
                .map(Box::id)
                .toList();
    }

    /** The rows of the containers whose id begins with {@code prefix}. */
    synchronized String list(String prefix) {
        ArrayNode rows = JSON.createArrayNode();
        for (Box box : boxes.values()) {
            if (box.id().startsWith(prefix)) {
                ObjectNode row = rows.addObject();
                row.put("Id", box.id()).put("Image", IMAGE).put("ImageID", "sha-of-busybox");
                row.putArray("Names").add(box.name());
                row.putObject("Labels")
                        .put("com.docker.compose.project", "shop")
                        .put("tier", "web");
                row.put("State", box.pid() == 0 ? "exited" : "running").put("Pid", box.pid());
                row.put("StartedAt", box.startedNs() / SECOND_NS);
                row.put("ExitedAt", box.endedNs() == 0 ? NEVER : box.endedNs() / SECOND_NS);
                row.put("ExitCode", 0).put("Exited", box.pid() == 0).put("IsInfra", false);
                row.put("Pod", "").put("PodName", "");
            }
        }
        return rows.toString();
    }

    synchronized Optional<String> inspect(String id) {
        return boxes.values().stream()
                .filter(box -> box.id().equals(id))
                .findFirst()
                .map(ScriptedHost::inspected);
    }

    /** The lines of the event log after {@code sinceNs}. */
    synchronized List<byte[]> history(long sinceNs) {
        return log.stream()
                .filter(line -> line.timeNs() > sinceNs)
                .map(Line::bytes)
                .toList();
    }

    /** Gives the lines after {@code sinceNs}, and then every new one at once, until {@link #leave}. */
    synchronized void follow(long sinceNs, Consumer<byte[]> follower) {
        history(sinceNs).forEach(follower);
        followers.add(follower);
    }

    synchronized void leave(Consumer<byte[]> follower) {
        followers.remove(follower);
    }

    private WrittenEvent write(Box box, String action, String type) {
        ObjectNode event = JSON.createObjectNode();
        event.put("status", action).put("id", box.id()).put("Type", "container").put("Action", action);
        ObjectNode attributes = event.putObject("Actor").put("ID", box.id()).putObject("Attributes");
        attributes.put("name", box.name()).put("image", IMAGE).put("podId", "");
        attributes.put("com.docker.compose.project", "shop").put("tier", "web");
        if (type.equals("die")) {
            attributes.put("containerExitCode", "0");
        }
        event.put("scope", "local").put("time", lastNs / SECOND_NS).put("timeNano", lastNs);
        byte[] bytes = (event + "\n").getBytes(StandardCharsets.UTF_8);
        log.add(new Line(lastNs, bytes));
        followers.forEach(follower -> follower.accept(bytes));
        WrittenEvent what = new WrittenEvent(name, box.id(), type, lastNs);
        written.add(what);
        return what;
    }

    private static String inspected(Box box) {
        ObjectNode document = JSON.createObjectNode();
        document.put("Id", box.id()).put("Name", box.name()).put("Image", "sha-of-busybox");
        document.put("ImageName", IMAGE).put("Pod", "").put("IsInfra", false);
        boolean running = box.pid() != 0;
        ObjectNode state = document.putObject("State");
        state.put("Status", running ? "running" : "exited").put("Running", running);
        state.put("Paused", false).put("Pid", box.pid()).put("ExitCode", 0);
        state.put("StartedAt", rfc3339(box.startedNs())).put("FinishedAt", rfc3339(box.endedNs()));
        document.putObject("Config")
                .putObject("Labels")
                .put("com.docker.compose.project", "shop")
                .put("tier", "web");
        document.putObject("HostConfig").put("Privileged", false);
        return document.toString();
    }

    private String id(String box) {
        String digits = UUID.nameUUIDFromBytes((name + "/" + box).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        return digits + digits;
    }

    private long tick() {
        Instant now = Instant.now();
        lastNs = Math.max(lastNs + 1, now.getEpochSecond() * SECOND_NS + now.getNano());
        return lastNs;
    }

    private static String rfc3339(long ns) {
        return ns == 0
                ? "0001-01-01T00:00:00Z"
                : Instant.ofEpochSecond(ns / SECOND_NS, ns % SECOND_NS).toString();
    }
}
