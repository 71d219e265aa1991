package io.github.sealwatcher.connect.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Base85Test {

    @Test
    void roundTrips() {
        var random = new SplittableRandom(85);
        for (int length = 0; length < 200; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            assertThat(Base85.decode(Base85.encode(bytes))).isEqualTo(bytes);
        }
    }

    @Test
    void roundTripsTheExtremes() {
        for (int length = 0; length < 9; length++) {
            byte[] ones = new byte[length];
            Arrays.fill(ones, (byte) 0xff);
            assertThat(Base85.decode(Base85.encode(ones))).isEqualTo(ones);
            assertThat(Base85.decode(Base85.encode(new byte[length]))).isEqualTo(new byte[length]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "01234A", "0123\"", "0123é", "}}}}}"})
    void rejectsForeignText(String text) {
        assertThatThrownBy(() -> Base85.decode(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
