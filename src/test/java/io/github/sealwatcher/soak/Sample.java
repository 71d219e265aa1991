package io.github.sealwatcher.soak;

import io.github.sealwatcher.fleet.Gauge;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the worker took at one moment.
 *
 * @param seconds since the first sample
 * @param corePercent of one core, since the sample before
 */
record Sample(
        double seconds,
        double heapMib,
        Gauge.Reading process,
        double corePercent,
        OffsetSizes.Sizes offsets,
        Lags lags) {

    /** How late the events were that arrived since the sample before, in milliseconds; NaN if there were none. */
    record Lags(int count, double p50, double most) {
        static Lags of(List<Double> lags) {
            double[] sorted =
                    lags.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return sorted.length == 0
                    ? new Lags(0, Double.NaN, Double.NaN)
                    : new Lags(sorted.length, sorted[sorted.length / 2], sorted[sorted.length - 1]);
        }
    }

    static String header() {
        return Stream.concat(
                        Stream.of("seconds"), Arrays.stream(Measure.values()).map(Measure::column))
                .collect(Collectors.joining(","));
    }

    /** Its line of the table; what is not known is empty. */
    String line() {
        return Stream.concat(Stream.of(seconds), Arrays.stream(Measure.values()).map(measure -> measure.of(this)))
                .map(value -> value.isNaN() ? "" : String.format(Locale.ROOT, "%.1f", value))
                .collect(Collectors.joining(","));
    }
}
