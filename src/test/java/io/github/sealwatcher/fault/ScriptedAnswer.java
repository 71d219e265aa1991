package io.github.sealwatcher.fault;

import java.io.IOException;

/** What the fake answers to one request, byte by byte if need be. Runs on the connection's own thread. */
@FunctionalInterface
public interface ScriptedAnswer {

    /** Plays the answer. When it returns, the connection waits for the next request, unless it was closed. */
    void play(Wire wire) throws IOException, InterruptedException;

    /** A whole JSON answer. */
    static ScriptedAnswer json(int status, String body) {
        return wire -> wire.respond(status, "application/json", body);
    }

    /** A whole answer in plain text. */
    static ScriptedAnswer text(int status, String body) {
        return wire -> wire.respond(status, "text/plain", body);
    }

    /** Never answers; ends when the connection is closed. */
    static ScriptedAnswer hang() {
        return Wire::hang;
    }

    /** Closes the connection without a word. */
    static ScriptedAnswer cut() {
        return Wire::cut;
    }
}
