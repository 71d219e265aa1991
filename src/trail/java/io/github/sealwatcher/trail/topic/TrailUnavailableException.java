package io.github.sealwatcher.trail.topic;

import java.io.Serial;

/** The trail cannot be read; the message has the remedy. */
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
