package io.github.sealwatcher.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceConnectorContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connector follows its inventory. */
class InventoryFollowingTest {

    @TempDir
    private Path folder;

    private Path file;
    private final Context context = new Context();
    private final PodmanSourceConnector connector = new PodmanSourceConnector();

    @BeforeEach
    void startWithTwoHosts() throws IOException {
        file = folder.resolve("hosts");
        write("b=tcp://b:1\na=tcp://a:1\n");
        connector.initialize(context);
        connector.start(Map.of(
                "podman.hosts", "own=unix:///own",
                "podman.hosts.file", file.toString(),
                "podman.hosts.file.poll.ms", "100",
                "podman.host.c.engine.pid", "7"));
    }

    @AfterEach
    void stop() {
        connector.stop();
    }

    @Test
    void tasksGetTheHostsThemselvesNotTheFile() {
        assertThat(connector.taskConfigs(1))
                .singleElement()
                .satisfies(config -> assertThat(config)
                        .containsEntry("podman.hosts", "a=tcp://a:1,b=tcp://b:1,own=unix:///own")
                        .doesNotContainKeys("podman.hosts.file", "podman.hosts.file.poll.ms", "podman.removed"));
    }

    @Test
    void reconfiguresTheTasksWhenAHostComesOrGoes() throws Exception {
        write("b=tcp://b:1\nc=tcp://c:1\n");
        context.awaitReconfiguration();

        List<Map<String, String>> configs = connector.taskConfigs(3);
        assertThat(configs)
                .extracting(config -> config.get("podman.hosts"))
                .containsExactly("b=tcp://b:1", "c=tcp://c:1", "own=unix:///own");
        assertThat(configs.get(2).get("podman.removed")).matches("a@[0-9]{19}");
        assertThat(configs.get(0)).doesNotContainKey("podman.removed").containsEntry("podman.next", "c");
        assertThat(configs.get(1))
                .containsEntry("podman.host.c.engine.pid", "7")
                .doesNotContainKey("podman.removed");

        write("a=tcp://a:1\nb=tcp://b:1\nc=tcp://c:1\n");
        context.awaitReconfiguration();
        assertThat(connector.taskConfigs(1).get(0)).doesNotContainKey("podman.removed");
    }

    @Test
    void keepsTheLastGoodSetWhileTheFileCantBeUsed() throws Exception {
        for (String bad : List.of("", "a=tcp://a\n", "a=tcp://a:1\na=tcp://b:1", "own=tcp://a:1")) {
            write(bad);
            assertThat(context.isReconfiguredWithin(400)).as(bad).isFalse();
        }
        Files.delete(file);
        assertThat(context.isReconfiguredWithin(400)).isFalse();
        assertThat(connector.taskConfigs(1).get(0).get("podman.hosts")).contains("a=tcp://a:1", "b=tcp://b:1");

        write("z=tcp://z:1\n");
        context.awaitReconfiguration();
        assertThat(connector.taskConfigs(1).get(0).get("podman.hosts")).isEqualTo("own=unix:///own,z=tcp://z:1");
    }

    @Test
    void oneHostMoreMovesAtMostOneHostFromEachTaskToTheNext() throws Exception {
        var many = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            many.append("h%02d=tcp://h:1\n".formatted(i));
        }
        write(many.toString());
        context.awaitReconfiguration();
        List<Map<String, String>> before = connector.taskConfigs(8);
        write(many + "h50x=tcp://h:1\n");
        context.awaitReconfiguration();
        List<Map<String, String>> after = connector.taskConfigs(8);

        for (int i = 0; i < 8; i++) {
            List<String> was = List.of(before.get(i).get("podman.hosts").split(","));
            List<String> is = List.of(after.get(i).get("podman.hosts").split(","));
            assertThat(is.stream().filter(host -> !was.contains(host)).count()).isLessThanOrEqualTo(1);
        }
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text);
    }

    private static final class Context implements SourceConnectorContext {

        private final BlockingQueue<Boolean> reconfigurations = new LinkedBlockingQueue<>();

        @Override
        public void requestTaskReconfiguration() {
            reconfigurations.add(true);
        }

        @Override
        public void raiseError(Exception e) {
            throw new AssertionError(e);
        }

        @Override
        public @Nullable PluginMetrics pluginMetrics() {
            return null;
        }

        @Override
        public @Nullable OffsetStorageReader offsetStorageReader() {
            return null;
        }

        void awaitReconfiguration() throws InterruptedException {
            assertThat(reconfigurations.poll(10, TimeUnit.SECONDS)).isTrue();
        }

        boolean isReconfiguredWithin(long ms) throws InterruptedException {
            return reconfigurations.poll(ms, TimeUnit.MILLISECONDS) != null;
        }
    }
}
