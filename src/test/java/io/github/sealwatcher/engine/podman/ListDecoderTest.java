package io.github.sealwatcher.engine.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.DetailSource;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.model.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListDecoderTest {

    private static final long STARTED = 1_795_439_226L;
    private static final long STARTED_NS = STARTED * 1_000_000_000;

    @Test
    void readsARow() throws IOException {
        assertThat(decode("""
                        [{"AutoRemove":false,"Command":["sleep","600"],"Created":"2026-11-23T13:07:05.1Z","CreatedAt":"",
                        "ExitCode":0,"Exited":false,"ExitedAt":-62135596800,"Id":"7a01","Image":"localhost/bb:latest",
                        "ImageID":"5f3c","IsInfra":false,"Labels":{"a":"b"},"Mounts":[],"Names":["/web","alias"],
                        "Namespaces":{},"Networks":[],"Pid":4711,"Pod":"cc2d","PodName":"pod1","Ports":null,"Size":null,
                        "StartedAt":1795439226,"State":"running","Status":""}]
                        """))
                .containsExactly(new ObservedContainer(
                        new Container(
                                new ContainerId("7a01"),
                                "web",
                                "localhost/bb:latest",
                                "5f3c",
                                Map.of("a", "b"),
                                null,
                                false,
                                Map.of(),
                                DetailSource.LIST),
                        new PodRef("cc2d", "pod1"),
                        new RunState.Live(Life.withinSecond(STARTED, 4711), Status.RUNNING)));
    }

    /** By -1 Podman says that it doesn't know; 0 would be a success that nobody saw. */
    @Test
    void unknownExitCodeIsNull() throws IOException {
        assertThat(decode("""
                        [{"Id":"a","State":"exited","StartedAt":1795439226,"ExitedAt":1795439227,"Exited":true,"ExitCode":-1}]
                        """).get(0).state())
                .isEqualTo(new RunState.Ended(STARTED_NS, STARTED_NS + 1_000_000_000, null));
    }

    @Test
    void rowWithAHugeIdIsSkipped() throws IOException {
        assertThat(decode("[{\"Id\":\"" + "i".repeat(257) + "\"},{\"Id\":\"a\"}]"))
                .hasSize(1);
    }

    @Test
    void readsAnEmptyRow() throws IOException {
        ObservedContainer bare = new ObservedContainer(
                new Container(
                        new ContainerId("a"), null, null, null, Map.of(), null, null, Map.of(), DetailSource.LIST),
                null,
                new RunState.NeverStarted());
        assertThat(decode("[{\"Id\":\"a\"}]")).containsExactly(bare);
        assertThat(decode("""
                        [{"Id":"a","Names":null,"Image":"","ImageID":null,"IsInfra":null,"Labels":null,"Pod":"","PodName":"",
                        "State":null,"Pid":null,"StartedAt":null,"ExitedAt":null,"ExitCode":null,"Exited":null}]""")).containsExactly(bare);
        assertThat(decode("""
                        [{"Id":"a","Names":{"a":[]},"Image":[],"ImageID":{},"IsInfra":"x","Labels":[],"Pod":{},"PodName":[],
                        "State":[],"Pid":"x","StartedAt":"x","ExitedAt":1.5,"ExitCode":{},"Exited":7}]""")).containsExactly(bare);
    }

    @ParameterizedTest
    @CsvSource({
        "running, RUNNING",
        "paused, PAUSED",
    })
    void isAlive(String state, Status status) throws IOException {
        assertThat(run(state, STARTED, false, 0, -62135596800L))
                .isEqualTo(new RunState.Live(Life.withinSecond(STARTED, 7), status));
    }

    /** Whether its processes still live nobody says: it stays like this when who stops it was killed with them. */
    @Test
    void stoppingHasNoTimeout() throws IOException {
        assertThat(run("stopping", STARTED, false, 0, -62135596800L))
                .isEqualTo(
                        new RunState.Live(Life.withinSecond(STARTED, 7), Status.RUNNING, new RunState.Stopping(null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exited", "stopped", "removing", "unknown", "something new", ""})
    void hasEnded(String state) throws IOException {
        assertThat(run(state, STARTED, true, 137, STARTED + 1))
                .isEqualTo(new RunState.Ended(STARTED_NS, STARTED_NS + 1_000_000_000, 137));
    }

    @ParameterizedTest
    @ValueSource(strings = {"created", "configured", "initialized", "exited", "running", "unknown"})
    void hasNeverStarted(String state) throws IOException {
        assertThat(run(state, -62135596800L, false, 0, -62135596800L)).isEqualTo(new RunState.NeverStarted());
    }

    @Test
    void afterARebootTheEndIsUnknown() throws IOException {
        assertThat(run("exited", STARTED, false, 0, -62135596800L))
                .isEqualTo(new RunState.Ended(STARTED_NS, null, null));
    }

    @Test
    void containerMadeReadyToStartAgainHasEnded() throws IOException {
        assertThat(run("initialized", STARTED, false, 0, STARTED + 1))
                .isEqualTo(new RunState.Ended(STARTED_NS, null, null));
    }

    @Test
    void rowWithoutIdDoesNotAffectOthers() throws IOException {
        assertThat(decode("[{\"Id\":\"a\"},{},{\"Id\":\"\"},{\"Id\":null},null,7,[{\"Id\":\"x\"}],{\"Id\":\"b\"}]"))
                .extracting(row -> row.id().value())
                .containsExactly("a", "b");
    }

    @Test
    void emptyListsAreEmpty() throws IOException {
        assertThat(decode("[]")).isEmpty();
        assertThat(decode("null")).isEmpty();
    }

    @Test
    void truncatedListIsRejected() {
        for (String text : List.of("", "{}", "[", "[{\"Id\":\"a\"}", "[{\"Id\":\"a\"},", "[{\"Id\"", "7")) {
            assertThatThrownBy(() -> decode(text)).as(text).isInstanceOf(IOException.class);
        }
    }

    @Test
    void hugeLabelsAreLabels() throws IOException {
        String huge = "v".repeat(5 << 20);
        assertThat(decode("[{\"Id\":\"a\",\"Labels\":{\"k\":\"" + huge + "\"}}]"))
                .singleElement()
                .satisfies(row -> assertThat(row.container().labels()).containsEntry("k", huge));
    }

    private static RunState run(String state, long startedAt, boolean exited, int exitCode, long exitedAt)
            throws IOException {
        return decode(
                        "[{\"Id\":\"a\",\"State\":\"%s\",\"Pid\":7,\"StartedAt\":%d,\"Exited\":%s,\"ExitCode\":%d,\"ExitedAt\":%d}]"
                                .formatted(state, startedAt, exited, exitCode, exitedAt))
                .get(0)
                .state();
    }

    private static List<ObservedContainer> decode(String json) throws IOException {
        try (HeapShare.Reservation room = HeapShare.COMMON.reserve()) {
            return ListDecoder.decode(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), room);
        }
    }
}
