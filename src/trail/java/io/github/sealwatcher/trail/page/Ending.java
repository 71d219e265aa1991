package io.github.sealwatcher.trail.page;

import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.fold.Life;

/** How a life ended, with the sign that shows it without colours. */
enum Ending {
    ALIVE("alive", "\u25b6"),
    GOOD("good", "\u2713"),
    BAD("bad", "\u2717"),
    UNKNOWN("unknown", "?"),
    HIDDEN("hidden", "\u2298");

    private final String word;
    private final String sign;

    Ending(String word, String sign) {
        this.word = word;
        this.sign = sign;
    }

    static Ending of(Life life) {
        ContainerEvent end = life.end();
        Integer exitCode = life.exitCode();
        if (life.isAlive()) {
            return ALIVE;
        } else if (end != null && end.isFiltered()) {
            return HIDDEN;
        } else if (exitCode == null) {
            return UNKNOWN;
        }
        return exitCode == 0 ? GOOD : BAD;
    }

    /** Its name in classes of the style sheet. */
    String word() {
        return word;
    }

    /** The sign, and the exit code or what stands for it. */
    String text(Life life) {
        return sign + " "
                + switch (this) {
                    case ALIVE -> "alive";
                    case GOOD, BAD -> String.valueOf(life.exitCode());
                    case UNKNOWN -> "unknown";
                    case HIDDEN -> "hidden by a filter";
                };
    }
}
