package io.github.sealwatcher.engine.podman;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.engine.EngineException;
import io.github.sealwatcher.engine.podman.BadLines.Kind;
import io.github.sealwatcher.model.EngineEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What real Podmans answered, recorded: {@code own-log} has the same commands, run on each version; {@code one-log} has one
 * event log, written by 4.3.1 and read by each version in turn, as after an upgrade in place.
 */
class RecordedEventsTest implements BadLines {

    private static final Path RECORDED = Path.of("src/test/resources/podman");
    private static final String OLDEST = "4.3.1";
    /** 4.x writes it on every event, with 0 where it means nothing; later versions only where it means something. */
    private static final String EXIT_CODE = "containerExitCode";

    private final List<Kind> skipped = new ArrayList<>();
    private final EventDecoder decoder = new EventDecoder(new BadLineReport(this), "unix:///x: GET events");

    @ParameterizedTest
    @ValueSource(strings = {"4.3.1", "5.4.2", "5.8.6", "6.1.1"})
    void sameCommandsGiveTheSameStory(String version) throws Exception {
        List<EngineEvent> events = read("own-log", version);
        assertThat(skipped).isEmpty();
        assertThat(story(events, "web", "www"))
                .containsExactly("start web", "pause web", "unpause web", "died www", "start www", "died www");
        assertThat(story(events, "seven")).containsExactly("start seven", "died seven");
        assertThat(story(events, "member")).containsExactly("start member", "died member");
        EngineEvent died = event(events, "died", "seven");
        assertThat(died.attributes()).containsEntry(EXIT_CODE, "7").containsEntry("podId", "");
        assertThat(event(events, "create", "member").attributes().get("podId")).hasSize(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.4.2", "5.8.6", "6.1.1"})
    void upgradeChangesNothingInTheLogButTheExitCode(String version) throws Exception {
        List<EngineEvent> before = read("one-log", OLDEST);
        List<EngineEvent> after = read("one-log", version);
        assertThat(skipped).isEmpty();
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.size(); i++) {
            EngineEvent old = before.get(i);
            EngineEvent same = after.get(i);
            assertThat(same.type()).isEqualTo(old.type());
            assertThat(same.action()).isEqualTo(old.action());
            assertThat(same.actorId()).isEqualTo(old.actorId());
            assertThat(same.timeNs()).isEqualTo(old.timeNs());
            var attributes = new TreeMap<>(old.attributes());
            assertThat(attributes).containsKey(EXIT_CODE);
            if (!same.attributes().containsKey(EXIT_CODE)) {
                assertThat(attributes.remove(EXIT_CODE)).isEqualTo("0");
            }
            assertThat(same.attributes()).isEqualTo(attributes);
        }
    }

    @Test
    void exitCodeOfZeroInTheLogOfPodman4IsLostToNewerOnes() throws Exception {
        assertThat(event(read("one-log", OLDEST), "died", "nought").attributes())
                .containsEntry(EXIT_CODE, "0");
        assertThat(event(read("one-log", "5.4.2"), "died", "nought").attributes())
                .doesNotContainKey(EXIT_CODE);
        assertThat(event(read("own-log", "5.4.2"), "died", "nought").attributes())
                .containsEntry(EXIT_CODE, "0");
    }

    @Test
    void podman6ReportsOomKills() throws Exception {
        List<EngineEvent> events = read("own-log", "6.1.1");
        assertThat(event(events, "died", "hungry").attributes()).containsEntry("oomKilled", "true");
        assertThat(event(events, "died", "seven").attributes()).doesNotContainKey("oomKilled");
        assertThat(event(read("own-log", "5.8.6"), "died", "hungry").attributes())
                .doesNotContainKey("oomKilled");
    }

    @Test
    void podman6PutsThePodsLabelsIntoItsEvents() throws Exception {
        assertThat(event(read("own-log", "6.1.1"), "create", "shop").attributes())
                .containsEntry("owner", "me")
                .containsEntry("name", "shop");
        assertThat(event(read("own-log", "5.8.6"), "create", "shop").attributes())
                .doesNotContainKey("owner");
    }

    @Override
    public void skipped(Kind kind) {
        skipped.add(kind);
    }

    @Override
    public void first(Kind kind, String excerpt) {}

    private List<EngineEvent> read(String log, String version) throws IOException, EngineException {
        List<EngineEvent> events = new ArrayList<>();
        for (String line : Files.readAllLines(RECORDED.resolve(log).resolve(version + ".jsonl"))) {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            EngineEvent event = decoder.decode(bytes, 0, bytes.length);
            if (event != null) {
                events.add(event);
            }
        }
        return events;
    }

    /** What the five default types are made of, in order, as {@code action name}. */
    private static List<String> story(List<EngineEvent> events, String... names) {
        return events.stream()
                .filter(event -> event.type().equals("container"))
                .filter(event -> List.of("start", "died", "pause", "unpause").contains(event.action()))
                .filter(event -> List.of(names).contains(event.attributes().get("name")))
                .map(event -> event.action() + " " + event.attributes().get("name"))
                .toList();
    }

    private static EngineEvent event(List<EngineEvent> events, String action, String name) {
        return events.stream()
                .filter(event -> event.action().equals(action)
                        && name.equals(event.attributes().get("name")))
                .findFirst()
                .orElseThrow();
    }
}
