package io.github.sealwatcher.engine.podman;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.sealwatcher.engine.EngineException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An error that Podman answers: {@code {"cause":...,"message":...,"response":404}}. An unknown route is answered in plain
 * text, and Podman 4 sends errors of the event log in the middle of a stream with status 200.
 *
 * @param message never empty, bounded
 * @param json false if it was plain text: then it is no answer of the API, but of whatever stands before it
 */
record ErrorReply(String message, boolean json) {

    /** How Podman names an event log that is switched off; there is no field for it. */
    private static final String NO_EVENT_LOG = "\"none\" backend";

    static ErrorReply parse(byte[] body, int from, int length) {
        @Nullable String message = null;
        @Nullable String cause = null;
        try (JsonParser parser = Json.FACTORY.createParser(body, from, length)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    parser.nextToken();
                    switch (name) {
                        case "message" -> message = Json.text(parser);
                        case "cause" -> cause = Json.text(parser);
                        default -> parser.skipChildren();
                    }
                }
            }
        } catch (IOException e) {
            return new ErrorReply(Excerpt.of(body, from, length), false);
        }
        String text = message != null ? message : cause;
        return text == null
                ? new ErrorReply(Excerpt.of(body, from, length), false)
                : new ErrorReply(Excerpt.of(text), true);
    }

    /** @param tried the address and what was asked */
    EngineException toException(String tried, int status) {
        if (message.contains(NO_EVENT_LOG)) {
            return new EngineException.Unsupported(tried + ": this Podman keeps no event log (" + message
                    + "); set events_logger to \"file\" or \"journald\" in its containers.conf");
        }
        if (status == 401 || status == 403) {
            return new EngineException.Refused(tried + ": access denied, HTTP " + status + ": " + message, null);
        }
        String found = tried + ": answered with an error, HTTP " + status + ": " + message;
        return json ? new EngineException.Failed(found) : new EngineException.Garbled(found, null);
    }
}
