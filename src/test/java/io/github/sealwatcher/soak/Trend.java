package io.github.sealwatcher.soak;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Whether a series grows, by two tests that single outliers don't move: the median of the slopes between all pairs of points
 * (Theil and Sen) says how much, and the count of rising pairs against falling ones (Mann and Kendall) whether that can be
 * chance.
 *
 * @param growth from the first point to the last, by the median slope
 * @param z how many standard deviations the count of rising pairs lies above that of a series without a trend
 */
record Trend(double median, double growth, double z) {
    /** One series in a thousand without a trend goes beyond it. */
    static final double CERTAIN = 3.09;

    static final int MIN_POINTS = 20;

    /** @param y values at {@code x}, which rises; NaN where there is none */
    static Trend of(double[] x, double[] y) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            if (!Double.isNaN(y[i])) {
                points.add(new double[] {x[i], y[i]});
            }
        }
        if (points.size() < MIN_POINTS) {
            throw new IllegalArgumentException("a trend needs " + MIN_POINTS + " points; there are " + points.size());
        }
        List<Double> slopes = new ArrayList<>();
        long rising = 0;
        for (int i = 0; i < points.size(); i++) {
            for (int j = i + 1; j < points.size(); j++) {
                double rise = points.get(j)[1] - points.get(i)[1];
                slopes.add(rise / (points.get(j)[0] - points.get(i)[0]));
                rising += (long) Math.signum(rise);
            }
        }
        double span = points.get(points.size() - 1)[0] - points.get(0)[0];
        double median = median(points.stream().map(point -> point[1]).toList());
        return new Trend(median, median(slopes) * span, z(rising, points.size()));
    }

    /** Whether it grows by more than {@code tolerance}, and not by chance. */
    boolean grows(double tolerance) {
        return growth > tolerance && z > CERTAIN;
    }

    private static double z(long rising, int n) {
        double variance = n * (n - 1.0) * (2.0 * n + 5) / 18;
        return (rising - Math.signum(rising)) / Math.sqrt(variance);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
