package io.github.sealwatcher.chaos.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes the lives of containers that never were into Podman's event log, faster than real ones can come and go on a small
 * machine: line by line as this Podman wrote the life of a real one, under the lock that it takes, so that it can't tell. It
 * is Podman that cuts the log, whenever an event of its own finds it too large.
 */
public final class LoadGenerator {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** At 500 events a second they live some quarter of a second: shorter than lists and events may differ. */
    private static final int ALIVE = 20;

    private static final long FIRST = 0xc0ffee0000000000L;

    private final Path log;
    private final List<ObjectNode> birth = new ArrayList<>();
    private final List<ObjectNode> death = new ArrayList<>();
    private final ArrayDeque<String> alive = new ArrayDeque<>();
    private long begun;
    private long written;

    /** @param life all lines of a container's life, by which others are made up */
    public LoadGenerator(Path log, List<String> life) {
        this.log = log;
        for (String line : life) {
            boolean started = birth.stream().anyMatch(before -> isStart(before));
            (started ? death : birth).add(parsed(line));
        }
        if (death.isEmpty()) {
            throw new IllegalStateException("no whole life: " + life);
        }
    }

    /** Pours at an even rate; catches up when it was held up. Every life ends. Returns how many lines it has written. */
    public long pour(int aSecond, Duration time) {
        long beginNs = System.nanoTime();
        long before = written;
        while (System.nanoTime() - beginNs < time.toNanos()) {
            long due = (System.nanoTime() - beginNs) * aSecond / TimeUnit.SECONDS.toNanos(1);
            if (written - before >= due) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            } else if (alive.size() < ALIVE) {
                String id = String.format("%064x", FIRST + begun++);
                birth.forEach(line -> append(line, id));
                alive.add(id);
            } else {
                end();
            }
        }
        while (!alive.isEmpty()) {
            end();
        }
        return written - before;
    }

    private void end() {
        String id = alive.remove();
        death.forEach(line -> append(line, id));
    }

    private void append(ObjectNode like, String id) {
        // As Podman does: opened for each line, for it may have been replaced.
        try (FileChannel lockFile =
                        FileChannel.open(Path.of(log + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lockFile.lock();
                FileChannel file = FileChannel.open(
                        log, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ObjectNode line = like.deepCopy()
                    .put("ID", id)
                    .put("Name", "torrent-" + id.substring(id.length() - 8))
                    .put("Time", Instant.now().toString());
            file.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
            written++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isStart(ObjectNode line) {
        return line.path("Status").asText().equals("start");
    }

    private static ObjectNode parsed(String line) {
        try {
            return (ObjectNode) JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
