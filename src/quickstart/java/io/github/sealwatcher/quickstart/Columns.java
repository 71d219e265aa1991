package io.github.sealwatcher.quickstart;

import java.util.List;
import java.util.Locale;

/** Lays text out in columns of fixed width, so that lines written one by one stay aligned. */
record Columns(List<Column> columns) {
    /** Text that is too long is cut; the last column of a line never is. */
    record Column(String title, int width) {}

    static Columns of(Column... columns) {
        return new Columns(List.of(columns));
    }

    String titles() {
        return line(columns.stream()
                .map(column -> column.title().toUpperCase(Locale.ROOT))
                .toList());
    }

    String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            boolean last = i == cells.size() - 1;
            line.append(last ? cells.get(i) : fit(cells.get(i), columns.get(i).width()) + "  ");
        }
        return line.toString().stripTrailing();
    }

    private static String fit(String text, int width) {
        if (text.length() > width) {
            return text.substring(0, width - 1) + "…";
        }
        return text + " ".repeat(width - text.length());
    }
}
