package io.github.sealwatcher.engine.podman;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T13:07:06.349798548Z, 1795439226349798548",
        "2026-11-23T14:07:06.349798548+01:00, 1795439226349798548",
        "2026-11-23T07:37:06.3-05:30, 1795439226300000000",
        "2026-11-23T13:07:06Z, 1795439226000000000",
        "2026-11-23T13:07:06.000000001Z, 1795439226000000001"
    })
    void readsEveryZoneToTheNanosecond(String text, long ns) {
        assertThat(Timestamps.parse(text)).isEqualTo(ns);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "0001-01-01T00:00:00Z",
                "",
                "yesterday",
                "2026-11-23",
                "9999-12-31T23:59:59Z",
                "2026-11-23T13:07:06"
            })
    void zeroAndMalformedTimesAreNull(String text) {
        assertThat(Timestamps.parse(text)).isNull();
    }

    @Test
    void readsSecondsOfAList() {
        assertThat(Timestamps.ofSeconds(1795439226)).isEqualTo(1795439226_000_000_000L);
        assertThat(Timestamps.ofSeconds(-62135596800L)).isNull();
        assertThat(Timestamps.ofSeconds(Long.MAX_VALUE)).isNull();
        assertThat(Timestamps.ofSeconds(Long.MIN_VALUE)).isNull();
    }

    @Test
    void readsTheDateOfAResponse() {
        assertThat(Timestamps.httpDate("Thu, 26 Nov 2026 07:24:17 GMT")).isEqualTo(1795677857_000_000_000L);
        assertThat(Timestamps.httpDate("Thu, 01 Jan 1970 00:00:00 GMT")).isNull();
        assertThat(Timestamps.httpDate("Fri, 31 Dec 9999 23:59:59 GMT")).isNull();
        assertThat(Timestamps.httpDate("1795677857")).isNull();
        assertThat(Timestamps.httpDate(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "1795439226349798548, 2026-11-23T13:07:06.349798548Z",
        "1795439226000000000, 2026-11-23T13:07:06.000000000Z",
        "0, 1970-01-01T00:00:00.000000000Z",
        "-1, 1969-12-31T23:59:59.999999999Z"
    })
    void writesNineDigitsAlways(long ns, String text) {
        assertThat(Timestamps.rfc3339(ns)).isEqualTo(text);
    }
}
