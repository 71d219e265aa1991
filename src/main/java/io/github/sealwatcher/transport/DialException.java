package io.github.sealwatcher.transport;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A connection could not be opened. The reason decides what to do, the message has what was found and what the operator can do. */
public final class DialException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    DialException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why no connection came about. */
    public Reason reason() {
        return reason;
    }

    /** The reasons that call for different answers. */
    public enum Reason {
        /** There is no such socket (ENOENT): Podman's service removes it when it is stopped properly. */
        MISSING,
        /** Nobody listens (ECONNREFUSED): a killed Podman service leaves its socket file behind. */
        NOT_LISTENING,
        /** This process may not connect (EACCES): Podman's own socket has mode 0600. */
        NO_PERMISSION,
        /** No answer in time; for a Unix socket, the service doesn't accept connections. */
        TIMED_OUT,
        /** The other side can't prove who it is (host key, certificate): it is never talked to. */
        UNTRUSTED,
        /** The other side doesn't accept who we are (key, certificate) or what we want of it (forwarding). */
        REJECTED,
        /** Anything else: the host name can't be resolved, there is no route, the dialer was stopped. */
        FAILED
    }
}
