package io.github.sealwatcher.engine.podman;

/** Is notified of event lines that were skipped. Called on the thread that reads the events; must not block. */
public interface BadLines {

    /** Nobody wants to know. */
    BadLines IGNORED = new BadLines() {
        @Override
        public void skipped(Kind kind) {}

        @Override
        public void first(Kind kind, String excerpt) {}
    };

    /** What is wrong with a line. */
    enum Kind {
        NOT_JSON,
        TOO_LONG,
        MISSING_FIELD,
        WRONG_TYPE
    }

    /** Called for every line that is skipped, to be counted. */
    void skipped(Kind kind);

    /**
     * Called once per kind in an engine's life, to be logged, after {@link #skipped}.
     *
     * @param excerpt the line's beginning, bounded and printable
     */
    void first(Kind kind, String excerpt);
}
