package io.github.sealwatcher.trail;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows under titles, each column as wide as its widest entry. */
final class TextTable {
    private final List<String> titles;
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... titles) {
        this.titles = List.of(titles);
    }

    void row(String... entries) {
        rows.add(List.of(entries));
    }

    void print(PrintWriter out) {
        int[] widths = titles.stream().mapToInt(String::length).toArray();
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        line(out, titles, widths);
        rows.forEach(row -> line(out, row, widths));
    }

    private static void line(PrintWriter out, List<String> entries, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String entry = Printable.text(entries.get(i));
            line.append(entry).append(" ".repeat(widths[i] - entries.get(i).length() + 2));
        }
        out.println(line.toString().stripTrailing());
    }
}
