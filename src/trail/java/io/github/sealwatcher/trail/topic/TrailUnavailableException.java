package io.github.sealwatcher.trail.topic;

import java.io.Serial;

/** There is no trail to be read; the message says what to do. */
public final class TrailUnavailableException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** One that nothing else caused. */
    public TrailUnavailableException(String message) {
        super(message);
    }

    /** One with a cause. */
    public TrailUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
