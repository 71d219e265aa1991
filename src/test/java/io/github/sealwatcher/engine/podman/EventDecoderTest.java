package io.github.sealwatcher.engine.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sealwatcher.engine.EngineException;
import io.github.sealwatcher.engine.podman.BadLines.Kind;
import io.github.sealwatcher.model.EngineEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventDecoderTest implements BadLines {

    private final List<Kind> skipped = new ArrayList<>();
    private EventDecoder decoder = new EventDecoder(new BadLineReport(this), "unix:///x: GET events");

    @Test
    void readsWhatPodman4Writes() throws EngineException {
        EngineEvent event = decode("""
                {"status":"create","id":"7a01","from":"localhost/podman-pause:4.3.1-0","Type":"container",\
                "Action":"create","Actor":{"ID":"7a01","Attributes":{"containerExitCode":"0",\
                "image":"localhost/podman-pause:4.3.1-0","io.buildah.version":"1.28.2","name":"cc2d5afa911f-infra",\
                "pl":"1","podId":"cc2d5afa"}},"scope":"local","time":1795439226,"timeNano":1795439226349798548}
                """);
        assertThat(event)
                .isEqualTo(EngineEvent.of(
                        "container",
                        "create",
                        "7a01",
                        Map.of(
                                "containerExitCode", "0",
                                "image", "localhost/podman-pause:4.3.1-0",
                                "io.buildah.version", "1.28.2",
                                "name", "cc2d5afa911f-infra",
                                "pl", "1",
                                "podId", "cc2d5afa"),
                        1795439226349798548L));
    }

    @Test
    void readsWhatPodman5Writes() throws EngineException {
        EngineEvent event = decode("""
                {"status":"health_status","id":"5726","Type":"container","Action":"health_status",\
                "Actor":{"ID":"5726","Attributes":{"image":"","name":"h1","podId":""}},"scope":"local",\
                "time":1795439238,"timeNano":1795439238461221165,"HealthStatus":"healthy","new":[{"a":{}}]}
                """);
        assertThat(event.action()).isEqualTo("health_status");
        assertThat(event.attributes()).isEqualTo(Map.of("image", "", "name", "h1", "podId", ""));
    }

    @Test
    void systemEventHasNoActor() throws EngineException {
        EngineEvent event = decode("""
                {"Type":"system","Action":"refresh","Actor":{"ID":"","Attributes":null},"timeNano":5}""");
        assertThat(event.actorId()).isEmpty();
        assertThat(event.attributes()).isEmpty();
        assertThat(decode("{\"Type\":\"system\",\"Action\":\"refresh\",\"timeNano\":5}"))
                .isEqualTo(event);
    }

    @Test
    void secondsStandInForMissingNanoseconds() throws EngineException {
        assertThat(decode("{\"Type\":\"system\",\"Action\":\"x\",\"time\":5}").timeNs())
                .isEqualTo(5_000_000_000L);
        assertThat(decode("{\"Type\":\"system\",\"Action\":\"x\",\"time\":5,\"timeNano\":null}")
                        .timeNs())
                .isEqualTo(5_000_000_000L);
    }

    @Test
    void malformedAttributesDoNotDropTheEvent() throws EngineException {
        EngineEvent event = decode("""
                {"Type":"pod","Action":"create","timeNano":5,"Actor":{"ID":"p","Attributes":\
                {"n":1.50,"b":true,"z":null,"o":{"a":1},"l":[1],"s":"t","s":"last"}}}""");
        assertThat(event.attributes()).isEqualTo(Map.of("n", "1.50", "b", "true", "s", "last"));
        assertThat(decode(
                                "{\"Type\":\"pod\",\"Action\":\"x\",\"timeNano\":5,\"Actor\":{\"ID\":\"p\",\"Attributes\":[1]}}")
                        .attributes())
                .isEmpty();
    }

    @Test
    void hugeLabelsAreLabels() throws EngineException {
        String huge = "v".repeat(1 << 20);
        EngineEvent event = decode("{\"Type\":\"pod\",\"Action\":\"create\",\"timeNano\":5,\"Actor\":"
                + "{\"ID\":\"p\",\"Attributes\":{\"" + "k".repeat(1 << 20) + "\":\"" + huge + "\"}}}");
        assertThat(event.attributes()).hasSize(1).containsValue(huge);
    }

    @Test
    void hugeIdsAreSkipped() throws EngineException {
        String huge = "i".repeat(257);
        for (String line : List.of(
                "{'Type':'container','Action':'start','timeNano':5,'Actor':{'ID':'" + huge + "'}}",
                "{'Type':'container','Action':'" + huge + "','timeNano':5,'Actor':{'ID':'a'}}",
                "{'Type':'" + huge + "','Action':'start','timeNano':5,'Actor':{'ID':'a'}}")) {
            assertThat(decode(line.replace((char) 39, '"'))).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    nonsense                                                          | NOT_JSON
                    []                                                                | NOT_JSON
                    {"Type":"pod"                                                     | NOT_JSON
                    {"Type":"pod"}}                                                   | NOT_JSON
                    {}                                                                | MISSING_FIELD
                    {"Type":"system","Action":"x"}                                    | MISSING_FIELD
                    {"Type":"system","timeNano":5}                                    | MISSING_FIELD
                    {"Action":"x","timeNano":5}                                       | MISSING_FIELD
                    {"Type":"pod","Action":"x","timeNano":5}                          | MISSING_FIELD
                    {"Type":"container","Action":"x","timeNano":5,"Actor":{"ID":""}}  | MISSING_FIELD
                    {"Type":"container","Action":"x","timeNano":5,"Actor":"me"}       | WRONG_TYPE
                    {"Type":"container","Action":"x","timeNano":5,"Actor":{"ID":7}}   | WRONG_TYPE
                    {"Type":["pod"],"Action":"x","timeNano":5}                        | WRONG_TYPE
                    {"Type":"system","Action":{"a":{}},"timeNano":5}                  | WRONG_TYPE
                    {"Type":"system","Action":"x","timeNano":5.5}                     | WRONG_TYPE
                    {"Type":"system","Action":"x","timeNano":99999999999999999999}    | WRONG_TYPE
                    {"Type":"system","Action":"x","time":9999999999999}               | MISSING_FIELD
                    """)
    void skipsUnreadableLines(String line, Kind kind) throws EngineException {
        assertThat(decode(line)).isNull();
        assertThat(skipped).containsExactly(kind);
    }

    @Test
    void emptyLinesAreNotReported() throws EngineException {
        assertThat(decode("")).isNull();
        assertThat(decode(" \r")).isNull();
        assertThat(skipped).isEmpty();
    }

    @Test
    void nothingIsCarriedOverFromTheLineBefore() throws EngineException {
        decode(
                "{\"Type\":\"pod\",\"Action\":\"x\",\"timeNano\":5,\"Actor\":{\"ID\":\"p\",\"Attributes\":{\"a\":\"b\"}}}");
        EngineEvent next = decode("{\"Type\":\"system\",\"Action\":\"y\",\"timeNano\":6}");
        assertThat(next).isEqualTo(EngineEvent.of("system", "y", "", Map.of(), 6));
        assertThat(decode("{\"timeNano\":7}")).isNull();
    }

    @Test
    void eventMayHaveFieldsOfAnError() throws EngineException {
        assertThat(decode("{\"message\":\"m\",\"Type\":\"system\",\"Action\":\"x\",\"timeNano\":5}"))
                .isNotNull();
    }

    /** One line of the log as 4.3, as 5.x and as 6.x answers it: an upgrade in place must not repeat it. */
    @Test
    void sameEventHasTheSameIdFromEveryVersion() throws EngineException {
        String four = "{\"status\":\"start\",\"id\":\"57\",\"from\":\"i\",\"Type\":\"container\",\"Action\":\"start\","
                + "\"Actor\":{\"ID\":\"57\",\"Attributes\":{\"containerExitCode\":\"0\",\"image\":\"i\",\"name\":\"c1\","
                + "\"podId\":\"\"}},\"scope\":\"local\",\"time\":1795439226,\"timeNano\":1795439226349798548}";
        String five = four.replace("\"containerExitCode\":\"0\",", "");
        String six =
                "{\"Type\":\"container\",\"Action\":\"start\",\"Actor\":{\"ID\":\"57\",\"Attributes\":{\"image\":\"\","
                        + "\"name\":\"c1\",\"podId\":\"\"}},\"scope\":\"local\",\"time\":1795439226,"
                        + "\"timeNano\":1795439226349798548,\"status\":\"start\",\"id\":\"57\"}";
        assertThat(decode(five).id()).isEqualTo(decode(four).id());
        assertThat(decode(six).id()).isEqualTo(decode(four).id());
        String later = four.replace("349798548", "349798549");
        assertThat(decode(later).id()).isNotEqualTo(decode(four).id());
    }

    @Test
    void omitsUnusedAttributes() throws EngineException {
        decoder = new EventDecoder(new BadLineReport(this), "unix:///x: GET events", "died"::equals);
        String init = "{\"Type\":\"container\",\"Action\":\"init\",\"Actor\":{\"ID\":\"57\",\"Attributes\":"
                + "{\"image\":\"i\",\"name\":\"c\",\"podId\":\"\"}},\"timeNano\":7}";
        Map<String, String> all = Map.of("image", "i", "name", "c", "podId", "");

        assertThat(decode(init)).isEqualTo(EngineEvent.of("container", "init", "57", Map.of(), 7));
        assertThat(decode(init.replace("init", "died")).attributes()).isEqualTo(all);
        assertThat(decode(init.replace("container", "pod")).attributes()).isEqualTo(all);
        assertThat(decode(init.replace("podId\":\"\"", "podId\":\"ab\"")).attributes())
                .as("of a pod's member")
                .isEqualTo(Map.of("image", "i", "name", "c", "podId", "ab"));
        assertThat(decode(init.replace("\"timeNano", "\"Action\":\"died\",\"timeNano"))
                        .attributes())
                .as("of an action that is said too late")
                .isEqualTo(all);
        assertThat(skipped).isEmpty();
    }

    @Test
    void reportsABadLineOnceWithoutAttributes() throws EngineException {
        decoder = new EventDecoder(new BadLineReport(this), "unix:///x: GET events", "died"::equals);
        String init = "{\"Type\":\"container\",\"Action\":\"init\",\"Actor\":{\"Attributes\":{\"podId\":\"ab\"}}";
        assertThat(decode(init + ",\"timeNano\":7}")).isNull();
        assertThat(decode(init + ",\"timeNano\":7")).isNull();
        assertThat(skipped).containsExactly(Kind.MISSING_FIELD, Kind.NOT_JSON);
    }

    @Test
    void errorIsThrown() {
        assertThatThrownBy(() -> decode("{\"cause\":\"c\",\"message\":\"bad since\",\"response\":500}"))
                .isInstanceOf(EngineException.Failed.class)
                .hasMessageStartingWith("unix:///x: GET events")
                .hasMessageContaining("bad since");
        assertThatThrownBy(() -> decode("{\"message\":\"cannot read events with the \\\"none\\\" backend\"}"))
                .isInstanceOf(EngineException.Unsupported.class);
    }

    @Override
    public void skipped(Kind kind) {
        skipped.add(kind);
    }

    @Override
    public void first(Kind kind, String excerpt) {
        assertThat(excerpt).hasSizeLessThan(300);
    }

    private EngineEvent decode(String line) throws EngineException {
        // In the middle of other bytes, as in a stream's buffer.
        byte[] bytes = ("{]" + line + "[}").getBytes(StandardCharsets.UTF_8);
        return decoder.decode(bytes, 2, bytes.length - 4);
    }
}
