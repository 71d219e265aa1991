package io.github.sealwatcher.engine.podman;

import java.util.EnumSet;
import java.util.Set;

/** Tells a listener of skipped lines, of each kind with an excerpt once. One for all streams of an engine. */
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
