package io.github.sealwatcher.transport;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/** What the dialers share. */
final class Sockets {

    private Sockets() {}

    /** At least 1: zero means no limit to a socket. */
    static int millis(Duration timeout) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
    }

    /** Closes a socket of which only its end matters. */
    @SuppressWarnings("EmptyCatch") // it is given up for a reason that is reported, unlike this one
    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // nothing is lost with it
        }
    }
}
