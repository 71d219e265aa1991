package io.github.sealwatcher.engine.podman;

import java.io.IOException;
import java.io.Serial;

/** A document is JSON, and not the one that was asked for. */
final class UnexpectedJsonException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    UnexpectedJsonException(String message) {
        super(message);
    }
}
