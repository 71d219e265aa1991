package io.github.sealwatcher.engine.podman;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.sealwatcher.engine.EngineException;
import io.github.sealwatcher.engine.podman.BadLines.Kind;
import io.github.sealwatcher.model.EngineEvent;
import java.io.IOException;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads one line of Podman's event stream, for instance
 *
 * <pre>{"status":"died","id":"5726..","from":"localhost/bb:latest","Type":"container","Action":"died",
 * "Actor":{"ID":"5726..","Attributes":{"a":"b","containerExitCode":"137","image":"localhost/bb:latest","name":"c1",
 * "podId":""}},"scope":"local","time":1795439238,"timeNano":1795439238461221165}</pre>
 *
 * <p>Unknown fields are ignored, since each version adds some. Most events change nothing, and nobody asks for their
 * attributes: those are skipped, which is most of the work, unless they name a pod. For one thread.
 */
final class EventDecoder {

    private static final long SECOND_NS = 1_000_000_000L;
    /** An id has 64 characters, a type or action some ten. They become keys, and can't be cut like a label. */
    static final int MAX_NAME = 256;

    private final BadLineReport badLines;
    private final String tried;
    private final Predicate<String> described;

    private @Nullable String type;
    private @Nullable String action;
    private @Nullable String actorId;
    private @Nullable Map<String, String> attributes;
    private @Nullable Long timeNs;
    private @Nullable Long timeSeconds;
    private @Nullable String healthStatus;
    private boolean wrongType;
    private boolean errorField;
    private boolean podNamed;
    private boolean mayBeSkipped;
    /** The action because of which the attributes were skipped; null if they were not. */
    private @Nullable String skippedFor;

    /** Reads the attributes of all events. */
    EventDecoder(BadLineReport badLines, String tried) {
        this(badLines, tried, any -> true);
    }

    /**
     * Reads the attributes of some.
     *
     * @param tried the address and what was asked, for error messages
     * @param described the actions of containers whose attributes are asked for, whether or not there is a pod
     */
    EventDecoder(BadLineReport badLines, String tried, Predicate<String> described) {
        this.badLines = badLines;
        this.tried = tried;
        this.described = described;
    }

    /**
     * Reads a line.
     *
     * @return null if it was skipped
     * @throws EngineException if Podman sends an error instead of an event
     */
    @Nullable
    EngineEvent decode(byte[] buffer, int from, int length) throws EngineException {
        mayBeSkipped = true;
        EngineEvent event = read(buffer, from, length);
        if (event != null && skippedFor != null && mustBeRead()) {
            mayBeSkipped = false;
            event = read(buffer, from, length);
        }
        return event;
    }

    /** Whether the attributes that were skipped are asked for: they name a pod, or a second action came after them. */
    @SuppressWarnings("ReferenceEquality")
    private boolean mustBeRead() {
        return podNamed || skippedFor != action;
    }

    private @Nullable EngineEvent read(byte[] buffer, int from, int length) throws EngineException {
        reset();
        try (JsonParser parser = Json.FACTORY.createParser(buffer, from, length)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                // An empty line is valid and holds no event.
                return null;
            }
            if (first != JsonToken.START_OBJECT) {
                return skipped(Kind.NOT_JSON, buffer, from, length);
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                field(parser, name);
            }
            if (parser.nextToken() != null) {
                return skipped(Kind.NOT_JSON, buffer, from, length);
            }
        } catch (IOException e) {
            return skipped(Kind.NOT_JSON, buffer, from, length);
        }
        if (type == null && errorField) {
            throw ErrorReply.parse(buffer, from, length).toException(tried, 200);
        }
        return event(buffer, from, length);
    }

    private void reset() {
        type = null;
        action = null;
        actorId = null;
        attributes = null;
        timeNs = null;
        timeSeconds = null;
        healthStatus = null;
        wrongType = false;
        errorField = false;
        podNamed = false;
        skippedFor = null;
    }

    private void field(JsonParser parser, String name) throws IOException {
        switch (name) {
            case "Type" -> type = word(parser);
            case "Action" -> action = word(parser);
            case "Actor" -> actor(parser);
            case "timeNano" -> timeNs = number(parser);
            case "time" -> timeSeconds = number(parser);
            case "HealthStatus" -> healthStatus = string(parser);
            case "response", "cause", "message" -> {
                errorField = true;
                parser.skipChildren();
            }
            default -> parser.skipChildren();
        }
    }

    private void actor(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            noteUnlessNull(parser);
            return;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "ID" -> actorId = string(parser);
                case "Attributes" -> {
                    attributes = areSkipped() ? skip(parser) : Json.texts(parser);
                    // Afterwards the parser is at the end of whatever stood there.
                    wrongType |= attributes == null && parser.currentToken() != JsonToken.VALUE_NULL;
                }
                default -> parser.skipChildren();
            }
        }
    }

    private boolean areSkipped() {
        return mayBeSkipped && action != null && "container".equals(type) && !described.test(action);
    }

    /** Looks for a pod only. */
    private @Nullable Map<String, String> skip(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return null;
        }
        skippedFor = action;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (name.equals("podId")) {
                podNamed = value != JsonToken.VALUE_STRING || parser.getTextLength() > 0;
            }
            parser.skipChildren();
        }
        return Map.of();
    }

    /** A text that is usually one of few. */
    private @Nullable String word(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return Words.of(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        }
        return string(parser);
    }

    private @Nullable String string(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        noteUnlessNull(parser);
        return null;
    }

    private @Nullable Long number(JsonParser parser) throws IOException {
        Long number = Json.integer(parser);
        wrongType |= number == null && parser.currentToken() != JsonToken.VALUE_NULL;
        return number;
    }

    private void noteUnlessNull(JsonParser parser) throws IOException {
        wrongType |= parser.currentToken() != JsonToken.VALUE_NULL;
        parser.skipChildren();
    }

    private @Nullable EngineEvent event(byte[] buffer, int from, int length) {
        Long time = timeNs != null ? timeNs : secondsAsNs(timeSeconds);
        String actor = actorId == null ? "" : actorId;
        if (isTooLong(type) || isTooLong(action) || isTooLong(actorId)) {
            return skipped(Kind.WRONG_TYPE, buffer, from, length);
        }
        if (type == null || action == null || time == null || (actor.isEmpty() && needsActor(type))) {
            return skipped(wrongType ? Kind.WRONG_TYPE : Kind.MISSING_FIELD, buffer, from, length);
        }
        return EngineEvent.of(
                type,
                action,
                actor,
                attributes == null ? Map.of() : attributes,
                healthStatus == null || healthStatus.isEmpty() ? Map.of() : Map.of("health_status", healthStatus),
                time);
    }

    /** Whom an event of a container or pod is about decides everything; a system event is about nobody. */
    private static boolean needsActor(String type) {
        return type.equals("container") || type.equals("pod");
    }

    private static boolean isTooLong(@Nullable String name) {
        return name != null && name.length() > MAX_NAME;
    }

    private static @Nullable Long secondsAsNs(@Nullable Long seconds) {
        return seconds == null || Math.abs(seconds) > Long.MAX_VALUE / SECOND_NS ? null : (Long) (seconds * SECOND_NS);
    }

    private @Nullable EngineEvent skipped(Kind kind, byte[] buffer, int from, int length) {
        badLines.skipped(kind, buffer, from, length);
        return null;
    }
}
