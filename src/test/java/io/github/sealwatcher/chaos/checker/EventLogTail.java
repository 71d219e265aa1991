package io.github.sealwatcher.chaos.checker;

import io.github.sealwatcher.chaos.world.WallClock;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * All that Podman ever wrote into its event log. Reads the file itself, over and over: a file that was replaced stays open
 * until its last line is read, and the newer one is read from its beginning, so nothing escapes a rotation.
 */
public final class EventLogTail implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(15);
    private static final int PIECE = 64 << 10;

    private final Path log;
    private final Duration period;
    private final BufferedWriter copy;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    // Guarded by this.
    private final Map<String, TruthLine> lines = new LinkedHashMap<>();
    private Set<String> present = new HashSet<>();
    private FileChannel open;
    private Object openKey;
    private int cuts;
    private RuntimeException failure;

    /** @param copy where all lines are kept */
    public EventLogTail(Path log, Path copy) {
        this(log, copy, PERIOD);
    }

    /** @param period between two looks; a log that is cut twice within it loses lines to us */
    public EventLogTail(Path log, Path copy, Duration period) {
        this.log = log;
        this.period = period;
        try {
            this.copy = Files.newBufferedWriter(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // look keeps its failures
    public void start() {
        clock.scheduleWithFixedDelay(this::look, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Everything up to now, in the order of writing. */
    public synchronized List<TruthLine> lines() {
        look();
        if (failure != null) {
            throw failure;
        }
        return new ArrayList<>(lines.values());
    }

    /** How often the log was replaced or deleted. */
    public synchronized int cuts() {
        return cuts;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        try {
            copy.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void look() {
        try {
            if (failure == null) {
                read();
            }
        } catch (IOException e) {
            failure = new UncheckedIOException(e);
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void read() throws IOException {
        Object key = key();
        if (open != null) {
            readOn();
        }
        if (open != null && !openKey.equals(key)) {
            // What was written between our reading and its replacement: nobody writes to it any more.
            readOn();
            open.close();
            open = null;
            replaced(key);
        } else if (open == null && key != null) {
            replaced(key);
        }
    }

    private void replaced(Object key) throws IOException {
        Set<String> before = present;
        present = new HashSet<>();
        begun.reset();
        if (key != null) {
            open(key);
        }
        cuts += before.isEmpty() ? 0 : 1;
        long now = WallClock.nowNs();
        before.stream()
                .filter(line -> !present.contains(line))
                .forEach(line -> lines.get(line).gone(now));
    }

    private void open(Object key) throws IOException {
        try {
            open = FileChannel.open(log);
            openKey = key;
            readOn();
            // Replaced between the look and the opening: the next look tells by the old key.
        } catch (NoSuchFileException e) {
            open = null;
        }
    }

    private void readOn() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(PIECE);
        while (open.read(buffer) > 0) {
            for (int i = 0; i < buffer.position(); i++) {
                byte next = buffer.get(i);
                if (next == '\n') {
                    line(begun.toString(StandardCharsets.UTF_8));
                    begun.reset();
                } else {
                    begun.write(next);
                }
            }
            buffer.clear();
        }
    }

    private void line(String raw) throws IOException {
        present.add(raw);
        if (!lines.containsKey(raw)) {
            lines.put(raw, new TruthLine(raw, WallClock.nowNs()));
            copy.write(raw);
            copy.newLine();
            copy.flush();
        }
    }

    /** Which file it is; null when there is none. */
    private Object key() throws IOException {
        try {
            return Files.readAttributes(log, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
