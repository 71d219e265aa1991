package io.github.sealwatcher.chaos.checker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sealwatcher.chaos.world.Podman;
import io.github.sealwatcher.chaos.world.SeededRandom;
import io.github.sealwatcher.chaos.world.WallClock;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Asks Podman itself, at random moments of the run, who is alive, and writes it down: what the trail must say of then. */
public final class Census implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MIN_MS = 500;
    private static final int MAX_MS = 4_000;

    private final Podman podman;
    private final SeededRandom random;
    private final BufferedWriter writer;
    private final Thread thread = new Thread(this::run, "census");
    private final List<CensusLook> looks = new ArrayList<>();
    private volatile boolean stopped;

    public Census(Podman podman, SeededRandom random, Path file) {
        this.podman = podman;
        this.random = random;
        try {
            writer = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void start() {
        thread.start();
    }

    /** Returns when the last look is written. */
    public void stop() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was seen; nothing comes after {@link #stop}. */
    public List<CensusLook> looks() {
        return List.copyOf(looks);
    }

    @Override
    public void close() {
        if (thread.isAlive()) {
            stop();
        }
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run() {
        while (!stopped) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.number(MIN_MS, MAX_MS)));
            long fromNs = WallClock.nowNs();
            try {
                Map<String, String> alive = PodmanPs.withStopping(podman);
                CensusLook look = new CensusLook(fromNs, WallClock.nowNs(), alive);
                looks.add(look);
                write(look);
            } catch (IllegalStateException e) {
                // Podman is being replaced or overloaded: the next look comes soon.
                continue;
            }
        }
    }

    private void write(CensusLook look) {
        ObjectNode line = JSON.createObjectNode().put("from_ns", look.fromNs()).put("to_ns", look.toNs());
        ObjectNode rows = line.putObject("alive");
        look.alive().forEach(rows::put);
        try {
            writer.write(line.toString());
            writer.newLine();
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
