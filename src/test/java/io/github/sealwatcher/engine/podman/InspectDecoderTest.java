package io.github.sealwatcher.engine.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InspectDecoderTest {

    private static final String NEVER = "0001-01-01T00:00:00Z";
    private static final String STARTED = "2026-11-23T14:07:06.349798548+01:00";
    private static final long STARTED_NS = 1795439226349798548L;

    @Test
    void readsADocument() throws IOException {
        List<String> pointers = List.of(
                "/HostConfig/NetworkMode",
                "/State/Pid",
                "/Config/Cmd",
                "/State/Health",
                "/Config/Labels/a~1b",
                "/None");
        ObservedContainer observed = decode(pointers, """
                {"Id":"7a01","Name":"web","Pod":"cc2d","IsInfra":false,"Image":"5f3c","ImageName":"localhost/bb:latest",
                "State":{"Status":"running","Running":true,"Paused":false,"Pid":4711,"ExitCode":0,
                "StartedAt":"%s","FinishedAt":"%s","Health":{"Status":"","Log":null}},
                "Config":{"Labels":{"a/b":"c"},"Cmd":["sleep", "600"]},
                "HostConfig":{"Privileged":true,"NetworkMode":"none"}}
                """.formatted(STARTED, NEVER));
        Map<String, String> copied = Map.of(
                "/HostConfig/NetworkMode", "none",
                "/State/Pid", "4711",
                "/Config/Cmd", "[\"sleep\",\"600\"]",
                "/State/Health", "{\"Status\":\"\",\"Log\":null}",
                "/Config/Labels/a~1b", "c");
        assertThat(observed)
                .isEqualTo(new ObservedContainer(
                        new Container(
                                new ContainerId("7a01"),
                                "web",
                                "localhost/bb:latest",
                                "5f3c",
                                Map.of("a/b", "c"),
                                true,
                                false,
                                copied,
                                DetailSource.INSPECT),
                        new PodRef("cc2d", null),
                        new RunState.Live(Life.exact(STARTED_NS, 4711), Status.RUNNING)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Id\":\"a\"}",
                "{\"Id\":\"a\",\"Name\":null,\"State\":null,\"Config\":null,\"HostConfig\":null,\"Pod\":\"\"}",
                "{\"Id\":\"a\",\"Name\":[],\"State\":7,\"Config\":{\"Labels\":[]},\"HostConfig\":{\"Privileged\":\"x\"}}"
            })
    void readsAnEmptyDocument(String json) throws IOException {
        assertThat(decode(List.of(), json))
                .isEqualTo(new ObservedContainer(
                        new Container(
                                new ContainerId("a"),
                                null,
                                null,
                                null,
                                Map.of(),
                                null,
                                null,
                                Map.of(),
                                DetailSource.INSPECT),
                        null,
                        new RunState.NeverStarted()));
    }

    @Test
    void recognizesBothSpellingsOfPaused() throws IOException {
        RunState paused = new RunState.Live(Life.exact(STARTED_NS, 7), Status.PAUSED);
        assertThat(run("paused", false, STARTED, NEVER, 0)).isEqualTo(paused);
        assertThat(run("running", true, STARTED, NEVER, 0)).isEqualTo(paused);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"StopTimeout\":30}|30",
                "{\"StopTimeout\":0}|0",
                "{\"StopTimeout\":4294967295}|4294967295",
                "{}|10",
                "{\"StopTimeout\":null}|10",
                "{\"StopTimeout\":-1}|10",
                "{\"StopTimeout\":9223372036854775807}|10",
                "{\"StopTimeout\":\"x\"}|10"
            })
    void stoppingHasATimeout(String config, long seconds) throws IOException {
        ObservedContainer stopping = decode(List.of(), """
                        {"Id":"a","State":{"Status":"stopping","Pid":7,"StartedAt":"%s"},"Config":%s}
                        """.formatted(STARTED, config));
        assertThat(stopping.state())
                .isEqualTo(new RunState.Live(
                        Life.exact(STARTED_NS, 7), Status.RUNNING, new RunState.Stopping(seconds * 1_000_000_000L)));
    }

    @Test
    void tellsWhenItWasRestored() throws IOException {
        String restored = "2026-11-23T13:07:06.349798549Z";
        assertThat(restored(STARTED, restored))
                .isEqualTo(
                        new RunState.Live(Life.exact(STARTED_NS, 7), Status.RUNNING, null, Timestamps.parse(restored)));
        RunState never = new RunState.Live(Life.exact(STARTED_NS, 7), Status.RUNNING);
        assertThat(restored(STARTED, NEVER)).isEqualTo(never);
        // An earlier life was.
        assertThat(restored(STARTED, "2000-01-01T00:00:00Z")).isEqualTo(never);
    }

    private static RunState restored(String startedAt, String restoredAt) throws IOException {
        return decode(List.of(), """
                        {"Id":"a","State":{"Status":"running","Pid":7,"StartedAt":"%s","RestoredAt":"%s"}}
                        """.formatted(startedAt, restoredAt)).state();
    }

    @Test
    void hasEnded() throws IOException {
        assertThat(run("exited", false, STARTED, "2026-11-23T13:07:06.349798549Z", 3))
                .isEqualTo(new RunState.Ended(STARTED_NS, STARTED_NS + 1, 3));
    }

    @Test
    void unseenEndHasNeitherTimeNorCode() throws IOException {
        RunState unknown = new RunState.Ended(STARTED_NS, null, null);
        assertThat(run("exited", false, STARTED, NEVER, 0)).isEqualTo(unknown);
        // The end of the life before.
        assertThat(run("exited", false, STARTED, "2026-11-23T13:07:05Z", 0)).isEqualTo(unknown);
    }

    @Test
    void endMayBeStampedBeforeTheStart() throws IOException {
        assertThat(run("exited", false, STARTED, "2026-11-23T13:07:06.34Z", 7))
                .isEqualTo(new RunState.Ended(STARTED_NS, STARTED_NS, 7));
    }

    @Test
    void initializedContainerHasNoExitCode() throws IOException {
        assertThat(run("initialized", false, STARTED, "2026-11-23T13:07:06.349798549Z", 0))
                .isEqualTo(new RunState.Ended(STARTED_NS, STARTED_NS + 1, null));
    }

    @Test
    void hasNeverStarted() throws IOException {
        assertThat(run("created", false, NEVER, NEVER, 0)).isEqualTo(new RunState.NeverStarted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "7", "{\"Id\":", "{\"Id\":5}"})
    void documentWithoutIdIsRejected(String json) {
        assertThatThrownBy(() -> decode(List.of(), json)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> InspectDecoder.pod(bytes(json))).isInstanceOf(IOException.class);
    }

    @Test
    void readsAPod() throws IOException {
        assertThat(InspectDecoder.pod(bytes("{\"Id\":\"p\",\"Name\":\"pod1\",\"Containers\":[]}")))
                .isEqualTo(new PodRef("p", "pod1"));
        assertThat(InspectDecoder.pod(bytes("{\"Id\":\"p\"}"))).isEqualTo(new PodRef("p", null));
    }

    @Test
    void checksPointers() {
        InspectPointers.check("/Config/Labels/a~1b~0c");
        InspectPointers.check("/");
        for (String bad : List.of("", "Config", "/a~", "/a~2b", "#/a")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> InspectPointers.check(bad))
                    .withMessageContaining("JSON Pointer")
                    .withMessageContaining("found \"" + bad + "\"");
        }
    }

    private static RunState run(String status, boolean paused, String started, String finished, int exitCode)
            throws IOException {
        return decode(List.of(), """
                        {"Id":"a","State":{"Status":"%s","Paused":%s,"Pid":7,"StartedAt":"%s","FinishedAt":"%s","ExitCode":%d}}
                        """.formatted(status, paused, started, finished, exitCode))
                .state();
    }

    private static ObservedContainer decode(List<String> pointers, String json) throws IOException {
        return new InspectDecoder(InspectPointers.of(pointers)).container(bytes(json));
    }

    private static InputStream bytes(String json) {
        return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }
}
