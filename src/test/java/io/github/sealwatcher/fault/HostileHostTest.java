package io.github.sealwatcher.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.Events;
import io.github.sealwatcher.PodmanWatcher;
import io.github.sealwatcher.model.Change;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.watch.Backoff;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host that sends more than a small JVM can hold, beside one that behaves. */
@Timeout(90)
class HostileHostTest {

    private static final String HEAP = "-Xmx64m";

    /** Watches two hosts until the second reports a start, and prints what it sees. */
    static final class Watching {

        private Watching() {}

        public static void main(String... arguments) throws InterruptedException {
            try (PodmanWatcher hostile = watcher(arguments[1]);
                    PodmanWatcher good = watcher(arguments[2]);
                    Events ofHostile = hostile.events();
                    Events ofGood = good.events()) {
                hostile.start();
                good.start();
                // Again and again: what one try leaves behind must not add up.
                for (int left = Integer.parseInt(arguments[0]); left > 0; left--) {
                    print(ofHostile, HostChange.Type.DISCONNECTED);
                }
                print(ofGood, HostChange.Type.SYNCHRONIZED);
                System.out.println("ready");
                for (Change change = ofGood.take(); change != null; change = ofGood.take()) {
                    if (change instanceof ContainerChange container) {
                        System.out.println("good " + container.kind());
                        return;
                    }
                }
            }
        }

        private static PodmanWatcher watcher(String uri) {
            return PodmanWatcher.at(uri)
                    .backoff(new Backoff(1_000_000, 10_000_000, -1))
                    .build();
        }

        private static void print(Events events, HostChange.Type last) throws InterruptedException {
            for (Change change = events.take(); change != null; change = events.take()) {
                if (change instanceof HostChange host && host.type() == last) {
                    System.out.println(last + " " + host.reason());
                    return;
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"Id\":\"%d\"}", "{\"Id\":\"%d\",\"Labels\":{\"a\":\"bbbbbbbbbbbbbbbbbbbbbb\"}}"})
    void hugeListDoesNotAffectOtherHosts(String row) throws IOException, InterruptedException {
        try (FakePodman hostile = FakePodman.start()) {
            hostile.always("/containers/json", wire -> {
                wire.streamHeader();
                wire.chunk("[");
                StringBuilder rows = new StringBuilder();
                for (long sent = 0, id = 0; sent < 240L << 20; sent += rows.length()) {
                    rows.setLength(0);
                    while (rows.length() < 1 << 20) {
                        rows.append(row.formatted(id++)).append(',');
                    }
                    wire.chunk(rows.toString());
                }
                wire.chunk("{\"Id\":\"last\"}]");
                wire.finalChunk();
            });
            assertThat(watched(3, hostile))
                    .filteredOn(line -> line.startsWith("DISCONNECTED"))
                    .hasSize(3)
                    .allMatch(line ->
                            line.contains("/v4.0.0/libpod/containers/json: the answer is too large: it takes more than"
                                    + " 10 MiB of memory, a sixth of the Java heap; give the worker a larger heap"
                                    + " (-Xmx), or look what that host sends"));
        }
    }

    /** Each line is below the limit, and no look-up is ever answered: what waits must not fill the heap. */
    @ParameterizedTest
    @ValueSource(strings = {"stream=false", "stream=true"})
    void eventsThatWaitForLookupsHurtNobodyElse(String events) throws IOException, InterruptedException {
        try (FakePodman hostile = FakePodman.start()) {
            hostile.hang("/json?all=true&filters");
            hostile.hang("/containers/f");
            hostile.always(events, HostileHostTest::startEventsOf200Megabytes);
            watched(1, hostile);
        }
    }

    /** Containers that exist in the host's events only, each with a huge label. */
    @Test
    void containersThatOnlyEventsShowHurtNobodyElse() throws IOException, InterruptedException {
        try (FakePodman hostile = FakePodman.start()) {
            hostile.always("stream=true", HostileHostTest::startEventsOf200Megabytes);
            watched(1, hostile);
        }
    }

    private static void startEventsOf200Megabytes(Wire wire) throws IOException {
        wire.streamHeader();
        String label = "x".repeat(1 << 20);
        for (int i = 0; i < 200; i++) {
            wire.chunk("""
                    {"Type":"container","Action":"start","Actor":{"ID":"f%063d","Attributes":{"huge":"%s"}},"timeNano":%d}
                    """.formatted(i, label, System.currentTimeMillis() * 1_000_000));
        }
        wire.cut();
    }

    /** One label of 100 MB is cut, and the list that it is in is read. */
    @Test
    void hugeLabelDoesNotHideOtherContainers() throws IOException, InterruptedException {
        try (FakePodman podman = FakePodman.start()) {
            podman.next("/containers/json", wire -> {
                wire.streamHeader();
                wire.chunk("[{\"Id\":\"a\",\"Names\":[\"huge\"],\"State\":\"running\",\"StartedAt\":1795439226,"
                        + "\"Labels\":{\"small\":\"s\",\"huge\":\"");
                String piece = "x".repeat(1 << 20);
                for (int i = 0; i < 100; i++) {
                    wire.chunk(piece);
                }
                wire.chunk("\"}},{\"Id\":\"b\",\"Names\":[\"other\"],\"State\":\"running\",\"StartedAt\":1795439226}]");
                wire.finalChunk();
            });
            try (PodmanWatcher watcher = PodmanWatcher.at(podman.uri()).build()) {
                watcher.start();
                watcher.ready().join();
                assertThat(watcher.portfolio().total()).isEqualTo(2);
            }
        }
    }

    /** @param disconnections how many of the bad host are awaited before the good one is to report anything */
    private static List<String> watched(int disconnections, FakePodman hostile)
            throws IOException, InterruptedException {
        try (FakePodman good = FakePodman.start()) {
            Process child = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            HEAP,
                            "-XX:+ExitOnOutOfMemoryError",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Watching.class.getName(),
                            Integer.toString(disconnections),
                            hostile.uri(),
                            good.uri())
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader said = child.inputReader(StandardCharsets.UTF_8)) {
                List<String> lines = new ArrayList<>();
                for (String line = said.readLine(); line != null; line = said.readLine()) {
                    lines.add(line);
                    if (line.equals("ready")) {
                        good.host().run(FakeContainer.created("new"));
                    }
                }
                assertThat(child.waitFor()).as("%s", lines).isZero();
                assertThat(lines).contains("good STARTED");
                return lines;
            } finally {
                child.destroyForcibly();
            }
        }
    }
}
