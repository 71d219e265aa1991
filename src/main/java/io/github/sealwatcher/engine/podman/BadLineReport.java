package io.github.sealwatcher.engine.podman;

import java.util.EnumSet;
import java.util.Set;

/** Notifies a listener of skipped lines, with an excerpt of the first one of each kind. One for all streams of an engine. */
final class BadLineReport {

    private final BadLines listener;
    /** Guarded by itself. */
    private final Set<BadLines.Kind> reported = EnumSet.noneOf(BadLines.Kind.class);

    BadLineReport(BadLines listener) {
        this.listener = listener;
    }

    void skipped(BadLines.Kind kind, byte[] line, int from, int length) {
        listener.skipped(kind);
        boolean first;
        synchronized (reported) {
            first = reported.add(kind);
        }
        if (first) {
            listener.first(kind, Excerpt.of(line, from, length));
        }
    }
}
