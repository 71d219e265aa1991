package io.github.sealwatcher.engine;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A request to an engine failed. The type decides what to do next; the message holds what was tried, what was found and what
 * the operator can do, and never holds a secret.
 */
public abstract sealed class EngineException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private EngineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Nobody answers, or the connection broke: try again later. */
    public static final class Unreachable extends EngineException {
        @Serial
        private static final long serialVersionUID = 1L;

        public Unreachable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The other side won't let us in (permissions, keys, certificates): somebody must change something. */
    public static final class Refused extends EngineException {
        @Serial
        private static final long serialVersionUID = 1L;

        public Refused(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** Something answers, and it isn't Podman. */
    public static final class NotPodman extends EngineException {
        @Serial
        private static final long serialVersionUID = 1L;

        public NotPodman(String message) {
            super(message, null);
        }
    }

    /** The engine itself answers with an error: it can be reached, and asking again may not help. */
    public static final class Failed extends EngineException {
        @Serial
        private static final long serialVersionUID = 1L;

        public Failed(String message) {
            super(message, null);
        }
    }

    /** The answer can't be understood, or comes from what stands before the engine: ask again. */
    public static final class Garbled extends EngineException {
        @Serial
        private static final long serialVersionUID = 1L;

        public Garbled(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** This engine can't do what is needed: too old, or without an event log. */
    public static final class Unsupported extends EngineException {
        @Serial
        private static final long serialVersionUID = 1L;

        public Unsupported(String message) {
            super(message, null);
        }
    }
}
