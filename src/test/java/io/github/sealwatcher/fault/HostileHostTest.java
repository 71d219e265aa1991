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

    /** Watches the two hosts that its arguments name until the second reports a start, and prints what it sees. */
    static final class Watching {

        private Watching() {}

        public static void main(String... uris) throws InterruptedException {
            try (PodmanWatcher hostile = watcher(uris[0]);
                    PodmanWatcher good = watcher(uris[1]);
                    Events ofHostile = hostile.events();
                    Events ofGood = good.events()) {
                hostile.start();
                good.start();
                print(ofHostile, HostChange.Type.DISCONNECTED);
                // Again and again: what one try leaves behind must not add up.
                print(ofHostile, HostChange.Type.DISCONNECTED);
                print(ofHostile, HostChange.Type.DISCONNECTED);
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
        assertThat(watched(wire -> {
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
                }))
                .filteredOn(line -> line.startsWith("DISCONNECTED"))
                .hasSize(3)
                .allMatch(line ->
                        line.contains("/v4.0.0/libpod/containers/json: the answer is too large: it takes more than"
                                + " 10 MiB of memory, a sixth of the Java heap; give the worker a larger heap (-Xmx), or look what"
                                + " that host sends"));
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

    private static List<String> watched(ScriptedAnswer list) throws IOException, InterruptedException {
        try (FakePodman hostile = FakePodman.start();
                FakePodman good = FakePodman.start()) {
            hostile.always("/containers/json", list);
            Process child = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            HEAP,
                            "-XX:+ExitOnOutOfMemoryError",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Watching.class.getName(),
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
