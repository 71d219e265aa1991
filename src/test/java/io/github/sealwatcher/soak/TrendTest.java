package io.github.sealwatcher.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static final int POINTS = 90;

    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void leakBeneathTheNoiseIsFound() {
        Trend trend = trend(i -> 50 + 0.05 * i + random.nextDouble(-2, 2));

        assertThat(trend.growth()).isBetween(3.0, 6.0);
        assertThat(trend.grows(2.5)).isTrue();
    }

    @Test
    void noiseIsNoTrend() {
        long found = IntStream.range(0, 1000)
                .filter(run -> trend(i -> 50 + random.nextDouble(-2, 2)).grows(0))
                .count();

        // One in a thousand by the bound that was chosen.
        assertThat(found).isLessThan(5);
    }

    @Test
    void outlierAtTheEndIsNoTrend() {
        assertThat(trend(i -> i > POINTS - 5 ? 5000 : 50 + random.nextDouble(-2, 2))
                        .grows(1))
                .isFalse();
    }

    @Test
    void fallingValuesAreNoGrowth() {
        assertThat(trend(i -> 500 - i).grows(0)).isFalse();
    }

    @Test
    void toleratedGrowthIsNoFinding() {
        assertThat(trend(i -> 50 + 0.01 * i).grows(1)).isFalse();
    }

    @Test
    void unknownValuesAreLeftOut() {
        Trend trend = trend(i -> i % 2 == 0 ? Double.NaN : i);

        assertThat(trend.growth()).isEqualTo(POINTS - 2.0);
        assertThat(trend.median()).isEqualTo(POINTS / 2.0);
    }

    @Test
    void fewPointsAreRefused() {
        assertThatThrownBy(() -> Trend.of(new double[5], new double[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a trend needs 20 points; there are 5");
    }

    private static Trend trend(IntToDoubleFunction series) {
        double[] x = IntStream.range(0, POINTS).asDoubleStream().toArray();
        double[] y = IntStream.range(0, POINTS).mapToDouble(series).toArray();
        return Trend.of(x, y);
    }
}
