package io.github.sealwatcher.chaos;

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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes starts and deaths of containers that never were into Podman's event log, faster than real ones can come and go on
 * a small machine: lines as this Podman itself writes them, under the lock that it takes, so that it can't tell. It is
 * Podman that cuts the log, whenever an event of its own finds it too large.
 */
final class Torrent {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** At 500 a second a life lasts some eighty milliseconds: shorter than the time in which lists and events may differ. */
    private static final int ALIVE = 20;

    private static final long FIRST = 0xc0ffee0000000000L;

    private final Path log;
    private final ObjectNode start;
    private final ObjectNode died;
    private long begun;
    private final ArrayDeque<String> alive = new ArrayDeque<>();
    /**
     * @param start a line of this Podman's to write others by
     * @param died another
     */
    Torrent(Path log, String start, String died) {
        this.log = log;
        this.start = parsed(start);
        this.died = parsed(died);
    }

    /** Pours at an even rate; catches up when it was held up. Every life ends. Returns how many lines it has written. */
    long pour(int aSecond, Duration time) {
        long beginNs = System.nanoTime();
        long written = 0;
        while (System.nanoTime() - beginNs < time.toNanos()) {
            long due = (System.nanoTime() - beginNs) * aSecond / TimeUnit.SECONDS.toNanos(1);
            if (written >= due) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                continue;
            }
            if (alive.size() < ALIVE || written % 2 == 0) {
                begin();
            } else {
                end();
            }
            written++;
        }
        while (!alive.isEmpty()) {
            end();
            written++;
        }
        return written;
    }

    private void begin() {
        String id = String.format("%064x", FIRST + begun++);
        append(start, id);
        alive.add(id);
    }

    private void end() {
        append(died, alive.remove());
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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode parsed(String line) {
        try {
            return (ObjectNode) JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
