package io.github.sealwatcher.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-11-26T10:30:00Z, 2026-11-26T10:30:00Z",
        "2026-11-26 10:30:00.5, 2026-11-26T10:30:00.500Z",
        "2026-11-26T11:30+01:00, 2026-11-26T10:30:00Z",
        "2026-11-26T09:30-01:00, 2026-11-26T10:30:00Z",
        "2026-11-26, 2026-11-26T00:00:00Z",
        "-90m, 2026-11-26T10:30:00Z",
        "-2d, 2026-11-24T12:00:00Z",
        "1795689000, 2026-11-26T10:30:00Z",
        "1795689000500, 2026-11-26T10:30:00.500Z",
        "1795689000500000000, 2026-11-26T10:30:00.500Z",
    })
    void readsCommonTimeFormats(String text, Instant expected) {
        assertThat(Times.instant(Times.parse(text, NOW))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "", "10:30", "2026-13-01", "-90", "12345"})
    void errorNamesTheExpectedFormat(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Times.parse(text, NOW))
                .withMessageContaining("2026-11-26T10:30:00Z");
    }

    @Test
    void showsUtc() {
        assertThat(Times.show(1_795_689_000_123_456_789L)).isEqualTo("2026-11-26 10:30:00.123Z");
    }
}
