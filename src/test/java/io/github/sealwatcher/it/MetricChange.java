package io.github.sealwatcher.it;

import java.util.Locale;

/**
 * What a fault did to a metric.
 *
 * @param passed whether it is what it must be
 */
record MetricChange(String fault, boolean isOfHost, String metric, double before, double after, boolean passed) {

    /** A row of the table. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "| %s | %s `%s` | %s | %s |%s",
                fault,
                isOfHost ? "host" : "task",
                metric,
                text(before),
                text(after),
                passed ? "" : " NOT AS IT MUST BE");
    }

    private static String text(double value) {
        return Double.isNaN(value)
                ? "none"
                : String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.1f", value);
    }
}
