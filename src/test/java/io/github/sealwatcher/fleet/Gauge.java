package io.github.sealwatcher.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads of a JVM from outside what it takes. */
public final class Gauge {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
    private static final Duration PEAK_INTERVAL = Duration.ofMillis(10);
    /** The kernel's clock ticks, which are 100 a second on every Linux that Java runs on. */
    private static final double TICKS_A_SECOND = 100;

    private final long pid;

    public Gauge(long pid) {
        this.pid = pid;
    }

    /** @param residentKb all memory, with stacks and code */
    public record Reading(int threads, int files, long residentKb, double cpuSeconds) {}

    public Reading now() {
        String status = read("status");
        // The command's name, in parentheses, may contain anything.
        String stat = read("stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        double cpu = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
        return new Reading((int) number(status, "Threads"), files(), number(status, "VmRSS"), cpu);
    }

    /** The bytes of all objects that are still in use, after a full garbage collection. */
    public long liveBytes(Path histogram) {
        try {
            String java = ProcessHandle.current().info().command().orElseThrow();
            Path jcmd = Path.of(java).toRealPath().resolveSibling("jcmd");
            Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .redirectOutput(histogram.toFile())
                    .start();
            process.waitFor();
            String text = Files.readString(histogram, StandardCharsets.UTF_8);
            Matcher total = TOTAL.matcher(text);
            if (!total.find()) {
                throw new IllegalStateException("jcmd gave no histogram; see " + histogram);
            }
            return Long.parseLong(total.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Watches for the most threads until it is closed. */
    Peak peak() {
        return new Peak();
    }

    final class Peak implements AutoCloseable {
        private final Thread thread = new Thread(this::watch, "peak");
        private volatile boolean closed;
        private volatile int max;

        private Peak() {
            thread.setDaemon(true);
            thread.start();
        }

        int threads() {
            return max;
        }

        private void watch() {
            while (!closed) {
                max = Math.max(max, (int) number(read("status"), "Threads"));
                LockSupport.parkNanos(PEAK_INTERVAL.toNanos());
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private int files() {
        try (Stream<Path> open = Files.list(file("fd"))) {
            return (int) open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String name) {
        try {
            return Files.readString(file(name), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String name) {
        return Path.of("/proc", Long.toString(pid), name);
    }

    private static long number(String status, String field) {
        Matcher matcher = Pattern.compile("(?m)^" + field + ":\\s+(\\d+)").matcher(status);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + field + " in " + status);
        }
        return Long.parseLong(matcher.group(1));
    }
}
