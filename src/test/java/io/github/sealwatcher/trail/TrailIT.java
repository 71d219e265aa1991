package io.github.sealwatcher.trail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sealwatcher.testkit.EmbeddedKafka;
import io.github.sealwatcher.trail.sample.Recording;
import io.github.sealwatcher.trail.sample.RecordingWriter;
import io.github.sealwatcher.trail.sample.Spoil;
import io.github.sealwatcher.trail.sample.Spoil.Spoiled;
import io.github.sealwatcher.trail.topic.Kind;
import io.github.sealwatcher.trail.topic.TopicNames;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The commands on a real broker: on the topics of a chaos run, and on spoiled copies of them. */
class TrailIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static EmbeddedKafka kafka;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.started();
        RecordingWriter.write(kafka.bootstrapServers(), TopicNames.of("whole", "hb"), Recording.read());
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void completeTrailPasses() {
        Output output = trail("verify", "--prefix", "whole");
        assertThat(output.status()).as(output.text()).isEqualTo(Main.GOOD);
        assertThat(output.text()).contains("PASS").doesNotContain("note");
    }

    @ParameterizedTest
    @EnumSource
    void corruptedCopyFailsAndIsReported(Spoil spoil) throws IOException {
        TopicNames names = TopicNames.of(spoil.name().toLowerCase(Locale.ROOT), "hb");
        Spoiled spoiled = spoil.apply(Recording.read());
        RecordingWriter.write(kafka.bootstrapServers(), names, spoiled.records());
        Output output =
                trail("verify", "--output", "json", "--prefix", spoil.name().toLowerCase(Locale.ROOT));
        assertThat(output.status()).as(output.text()).isEqualTo(Main.BAD);
        String topic = spoiled.kind() == Kind.STATE ? names.state() : names.events();
        boolean named = false;
        for (String line : output.text().lines().toList()) {
            JsonNode json = JSON.readTree(line);
            named |= json.path("kind").asText().equals("violation")
                    && json.path("rule").asText().equals(spoil.rule().word())
                    && json.path("topic").asText().equals(topic)
                    && json.path("offset").asLong() == spoiled.at();
        }
        assertThat(named)
                .as("%s of %s: %s", spoil, spoiled.what(), output.text())
                .isTrue();
        System.out.println(spoil + ": " + spoil.rule().word() + " at " + topic + "-0@" + spoiled.at());
    }

    @Test
    void otherCommandsReportIt() throws IOException {
        assertThat(trail("ps", "--prefix", "whole").text()).contains("chaos-old", "running");
        assertThat(trail("show", "chaos-held", "--prefix", "whole").text()).contains("paused", "gap");
        assertThat(trail("blind", "--prefix", "whole").text()).contains("gap", "covered");
        Output nobody = trail("show", "nobody", "--prefix", "whole");
        assertThat(nobody.status()).isEqualTo(Main.BAD);
        Path page = directory.resolve("trail.html");
        assertThat(trail("report", "--out", page.toString(), "--prefix", "whole")
                        .status())
                .isZero();
        assertThat(Files.readString(page)).contains("<td>chaos-old</td>");
    }

    @Test
    void failedRunReportsTheReason() {
        assertThat(trail("ps", "--prefix", "nowhere").status()).isEqualTo(Main.FAILED);
        assertThat(trail("ps", "--at", "yesterday").status()).isEqualTo(Main.FAILED);
        assertThat(trail("report", "--prefix", "whole", "--out", "/proc/none/trail.html")
                        .status())
                .isEqualTo(Main.FAILED);
    }

    @Test
    void reportOfTooManyLivesIsRefusedWithARemedy() {
        Path page = directory.resolve("trail.html");
        Output output = trail("report", "--out", page.toString(), "--prefix", "whole", "--max-lives", "3");
        assertThat(output.status()).isEqualTo(Main.FAILED);
        assertThat(output.text()).contains("more than 3 lives up to", "--from -2h", "--max-lives");
        assertThat(page).doesNotExist();
    }

    private record Output(int status, String text) {}

    private static Output trail(String... arguments) {
        StringWriter text = new StringWriter();
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--bootstrap-server";
        all[arguments.length + 1] = kafka.bootstrapServers();
        int status = Main.run(new PrintWriter(text), new PrintWriter(text), all);
        return new Output(status, text.toString());
    }
}
