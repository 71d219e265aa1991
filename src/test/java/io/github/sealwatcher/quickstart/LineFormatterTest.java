package io.github.sealwatcher.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LineFormatterTest {
    private static final long TIME_NANOS = 1_795_439_238_461_221_165L;
    private static final Instant NOW = LineFormatter.instant(TIME_NANOS + 42_000_000L);
    private final LineFormatter formatter = new LineFormatter(ZoneOffset.UTC);

    @Test
    void alignsEveryFieldUnderItsTitle() {
        String line = formatter.line(row("""
                {'time_ns': 1795439238461221165, 'host': 'edge-1', 'type': 'die', 'origin': 'live', 'exit_code': 3,
                 'container': {'id': '57260a8c1f7d99', 'name': 'web', 'image': 'quay.io/a/web:1'},
                 'pod': {'id': '5f8d', 'name': 'shop'}}"""), NOW);

        assertThat(at("TIME", line)).startsWith("13:07:18.461 ");
        assertThat(at("HOST", line)).startsWith("edge-1 ");
        assertThat(at("TYPE", line)).startsWith("die ");
        assertThat(at("CONTAINER", line)).startsWith("web ");
        assertThat(at("ID", line)).startsWith("57260a8c1f7d ");
        assertThat(at("POD", line)).startsWith("shop ");
        assertThat(at("IMAGE", line)).startsWith("web:1 ");
        assertThat(at("EXIT", line)).startsWith("3 ");
        assertThat(at("ORIGIN", line)).startsWith("live ");
        assertThat(at("LATENCY", line)).isEqualTo("42 ms");
    }

    @Test
    void staysAlignedWhenANameIsTooLong() {
        String line = formatter.line(
                row("{'type': 'start', 'container': {'id': 'abc', 'name': 'a-name-longer-than-its-column'}}"), NOW);

        assertThat(at("CONTAINER", line)).startsWith("a-name-longer-than-…  abc ".stripTrailing());
        assertThat(at("ID", line)).startsWith("abc");
    }

    @Test
    void leavesOutWhatIsNullOrMissing() {
        String line = formatter.line(
                row(
                        "{'time_ns': 0, 'host': null, 'type': 'start', 'exit_code': null, 'pod': null, 'container': {'id': 'abc'}}"),
                NOW);

        assertThat(line).doesNotContain("null").doesNotContain("ms");
    }

    @Test
    void showsTheLatencyOfLiveEventsOnly() {
        assertThat(formatter.line(row("{'container': {'id': 'a'}, 'origin': 'replay'}"), NOW))
                .doesNotContain("ms");
    }

    @Test
    void showsThePodThatIsLeft() {
        Row row = row("{'container': {'id': 'a'}, 'pod': null, 'previous_pod': {'id': '5f8d', 'name': 'shop'}}");

        assertThat(row.pod()).isEqualTo("left shop");
    }

    @Test
    void showsAPodsIdWhileItsNameIsUnknown() {
        Row row = row("{'container': {'id': 'a'}, 'pod': {'id': '5f8d1420931557260a', 'name': null}}");

        assertThat(row.pod()).isEqualTo("5f8d14209315");
    }

    @Test
    void showsCountOrReasonOfAHostEvent() {
        assertThat(Row.ofHostEvent(QuotedJson.of("{'type': 'synchronized', 'containers': 3}"))
                        .container())
                .isEqualTo("3 alive");
        assertThat(Row.ofHostEvent(QuotedJson.of("{'type': 'disconnected', 'containers': null, 'reason': 'refused'}"))
                        .container())
                .isEqualTo("refused");
    }

    private static Row row(String json) {
        return Row.ofContainerEvent(QuotedJson.of(json));
    }

    /** What stands below a title. */
    private static String at(String title, String line) {
        return line.substring((" " + LineFormatter.titles() + " ").indexOf(" " + title + " "));
    }
}
