package io.github.sealwatcher.connect.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordTimesTest {

    private static final long NOW_MS = 1_800_000_000_000L;
    private static final long HOUR_MS = 3_600_000;

    private final RecordTimes times = new RecordTimes(() -> NOW_MS);

    @Test
    void isTheTimeOfTheEvent() {
        assertThat(times.stamp("a", NOW_MS * 1_000_000 + 999_999)).isEqualTo(NOW_MS);
    }

    @Test
    void isNeverMoreThanAnHourAhead() {
        assertThat(times.stamp("a", (NOW_MS + 5 * HOUR_MS) * 1_000_000)).isEqualTo(NOW_MS + HOUR_MS);
    }

    @Test
    void isNeverNegative() {
        assertThat(times.stamp("a", -62_135_596_800_000_000L)).isZero();
    }

    @Test
    void neverGoesBackForAKey() {
        assertThat(times.stamp("a", NOW_MS * 1_000_000)).isEqualTo(NOW_MS);
        assertThat(times.stamp("a", (NOW_MS - 700) * 1_000_000)).isEqualTo(NOW_MS);
        assertThat(times.stamp("b", (NOW_MS - 700) * 1_000_000)).isEqualTo(NOW_MS - 700);
    }

    @Test
    void forgetsKeysInsteadOfGrowing() {
        times.stamp("a", NOW_MS * 1_000_000);
        for (int i = 0; i < 40_000; i++) {
            times.stamp(i, NOW_MS * 1_000_000);
        }
        assertThat(times.stamp("a", (NOW_MS - 700) * 1_000_000)).isEqualTo(NOW_MS - 700);
    }
}
