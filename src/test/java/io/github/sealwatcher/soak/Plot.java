package io.github.sealwatcher.soak;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** All measures over time, one above the other, as a picture (SVG) that needs nothing else. */
final class Plot {
    private static final int WIDTH = 960;
    private static final int PANEL = 120;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 28;
    private static final int BOTTOM = 14;
    private static final double HEADROOM = 0.15;

    private final List<Sample> samples;
    private final List<Double> faults;
    private final double warmUp;
    private final double end;
    private final StringBuilder svg = new StringBuilder();

    private Plot(List<Sample> samples, List<Double> faults, double warmUp) {
        this.samples = samples;
        this.faults = faults;
        this.warmUp = warmUp;
        end = Math.max(1, samples.get(samples.size() - 1).seconds());
    }

    /**
     * @param faults when each began, in seconds
     * @param warmUp the seconds that aren't judged
     */
    static String of(List<Sample> samples, List<Double> faults, double warmUp) {
        return new Plot(samples, faults, warmUp).drawn();
    }

    private String drawn() {
        Measure[] measures = Measure.values();
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"11\">%n",
                WIDTH, measures.length * PANEL + TOP);
        add("<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n");
        for (int i = 0; i < measures.length; i++) {
            panel(measures[i], i * PANEL);
        }
        for (int hour = 0; hour * 1800.0 <= end; hour++) {
            add(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.1f h</text>%n",
                    x(hour * 1800.0), measures.length * PANEL + 8, hour / 2.0);
        }
        add("</svg>%n");
        return svg.toString();
    }

    private void panel(Measure measure, int y) {
        double[] values = samples.stream().mapToDouble(measure::of).toArray();
        double least = Arrays.stream(values).filter(v -> !Double.isNaN(v)).min().orElse(0);
        double most = Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElse(1);
        double room = Math.max(HEADROOM * (most - least), 0.02 * Math.abs(most) + 0.5);
        double low = Math.max(0, least - room);
        double high = most + room;
        int top = y + TOP;
        int bottom = y + PANEL - BOTTOM;
        add("<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>%n", LEFT, top - 5, measure.title());
        add(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#bbb\"/>%n",
                LEFT, top, WIDTH - LEFT - RIGHT, bottom - top);
        add(
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#eee\"/>%n",
                LEFT, top, x(warmUp) - LEFT, bottom - top);
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.0f</text>%n", LEFT - 5, top + 8, high);
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.0f</text>%n", LEFT - 5, bottom, low);
        for (double fault : faults) {
            add("<path d=\"M%.1f %d v-4\" stroke=\"#d60\"/>%n", x(fault), bottom);
        }
        String points = IntStream.range(0, values.length)
                .filter(i -> !Double.isNaN(values[i]))
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        x(samples.get(i).seconds()),
                        bottom - (values[i] - low) / (high - low) * (bottom - top)))
                .reduce((one, other) -> one + ' ' + other)
                .orElse("");
        add("<polyline points=\"%s\" fill=\"none\" stroke=\"%s\"/>%n", points, measure.isJudged() ? "#06c" : "#888");
    }

    private double x(double seconds) {
        return LEFT + Math.min(1, seconds / end) * (WIDTH - LEFT - RIGHT);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
