package io.github.sealwatcher.trail;

import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.fold.Life;

/** A life's beginning and end in a word or two. */
final class LifeWords {
    private LifeWords() {}

    /** The exit code; a question mark for an end whose code nobody knows. */
    static String exit(Life life) {
        ContainerEvent end = life.end();
        if (life.isAlive()) {
            return "";
        } else if (end != null && end.isFiltered()) {
            return "hidden";
        }
        Integer code = life.exitCode();
        return code == null ? "?" : code.toString();
    }

    /** How its start and its end are known. */
    static String origins(Life life) {
        String start = life.start() == null ? "before" : life.start().originWord();
        if (life.isAlive()) {
            return start;
        }
        return start + ", " + (life.end() == null ? "next start" : life.end().originWord());
    }
}
