package io.github.sealwatcher.soak;

import io.github.sealwatcher.chaos.checker.EmittedEvent;
import io.github.sealwatcher.chaos.checker.Trails;
import io.github.sealwatcher.fleet.Gauge;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Takes a sample of the worker now and then, and writes each into the table at once. One thread. */
final class Sampler implements AutoCloseable {
    private static final double MEBI = 1 << 20;
    private static final double NANOS_A_MS = 1e6;

    private final Path directory;
    private final Gauge gauge;
    private final Trails trails;
    private final OffsetSizes offsets;
    private final BufferedWriter table;
    private final List<Sample> samples = new ArrayList<>();
    private final long startNs = System.nanoTime();
    private int known;
    private double cpuBefore;

    Sampler(Path directory, SoakWorld world) {
        this.directory = directory;
        gauge = new Gauge(world.workerPid());
        trails = world.trails();
        offsets = new OffsetSizes(world.bootstrapServers());
        known = trails.emitted().size();
        cpuBefore = gauge.now().cpuSeconds();
        try {
            table = Files.newBufferedWriter(directory.resolve("samples.csv"));
            write(Sample.header());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void sample() {
        double seconds = seconds();
        double before = samples.isEmpty() ? 0 : samples.get(samples.size() - 1).seconds();
        Gauge.Reading process = gauge.now();
        double core = 100 * (process.cpuSeconds() - cpuBefore) / (seconds - before);
        cpuBefore = process.cpuSeconds();
        // The first and the last are for whoever wants to know what has grown.
        Path histogram = directory.resolve(samples.isEmpty() ? "histogram-first.txt" : "histogram-last.txt");
        double heap = gauge.liveBytes(histogram) / MEBI;
        Sample sample = new Sample(seconds, heap, process, core, offsets.now(), lags());
        samples.add(sample);
        try {
            write(sample.line());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Sample> samples() {
        return List.copyOf(samples);
    }

    double seconds() {
        return (System.nanoTime() - startNs) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /** Of what was read since the last call, and is an event of a host's and no conclusion of the connector's. */
    private Sample.Lags lags() {
        List<EmittedEvent> reported = trails.emitted();
        List<Double> lags = reported.subList(known, reported.size()).stream()
                .filter(EmittedEvent::isReceived)
                .map(event -> (event.readAtNs() - event.moment().timeNs()) / NANOS_A_MS)
                .toList();
        known = reported.size();
        return Sample.Lags.of(lags);
    }

    private void write(String line) throws IOException {
        table.write(line);
        table.newLine();
        table.flush();
    }

    @Override
    public void close() {
        offsets.close();
        try {
            table.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
