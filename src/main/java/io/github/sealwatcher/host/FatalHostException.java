package io.github.sealwatcher.host;

import io.github.sealwatcher.model.HostName;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A host can't be watched any more, and no retry will help. The message names the host and the way out. */
public final class FatalHostException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** The error of one host. */
    public FatalHostException(HostName host, String message, @Nullable Throwable cause) {
        super("host " + host + ": " + message, cause);
    }
}
