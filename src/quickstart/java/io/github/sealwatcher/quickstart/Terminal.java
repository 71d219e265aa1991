package io.github.sealwatcher.quickstart;

import java.io.PrintStream;
import java.util.List;

/** Standard output, one whole line at a time from any thread, coloured when someone is looking. */
final class Terminal {
    /** A colour for each kind of line. */
    enum Style {
        PLAIN(""),
        HEADING("1"),
        COMMAND("36"),
        FAINT("2"),
        GOOD("32"),
        BAD("31"),
        CHANGE("33");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    private final PrintStream out;
    private final boolean coloured;

    Terminal(PrintStream out, boolean coloured) {
        this.out = out;
        this.coloured = coloured;
    }

    synchronized void print(Style style, String line) {
        out.println(coloured && !style.code.isEmpty() ? "\u001b[" + style.code + "m" + line + "\u001b[0m" : line);
        out.flush();
    }

    /** Lines that belong together, set off by an empty line before and after. */
    synchronized void printBlock(List<String> lines) {
        print(Style.PLAIN, "");
        lines.forEach(line -> print(Style.PLAIN, "  " + line));
        print(Style.PLAIN, "");
    }

    /** The style of a record's line. */
    static Style styleOf(Row row) {
        return switch (row.type()) {
            case "start", "unpause", "connected", "synchronized" -> Style.GOOD;
            case "die", "disconnected", "history_gap" -> Style.BAD;
            case "pause", "pod_association" -> Style.CHANGE;
            default -> Style.PLAIN;
        };
    }
}
