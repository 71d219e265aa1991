package io.github.sealwatcher.engine.podman;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.DetailSource;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.RunState;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of a list of containers. Times are in whole seconds here; {@code Exited} shows whether {@code ExitedAt} and
 * {@code ExitCode} mean anything: after a reboot the state is {@code exited}, the code 0 and {@code Exited} false.
 */
final class ListRow {

    /** The objects that become of a row, without their texts. */
    private static final int ROW_BYTES = 512;

    private final HeapShare.Reservation room;
    private @Nullable String id;
    private @Nullable String name;
    private @Nullable String image;
    private @Nullable String imageId;
    private @Nullable Map<String, String> labels;
    private @Nullable Boolean infra;
    private @Nullable String podId;
    private @Nullable String podName;
    private @Nullable String state;
    private @Nullable Long pid;
    private @Nullable Long startedAtSeconds;
    private @Nullable Long exitedAtSeconds;
    private @Nullable Long exitCode;
    private @Nullable Boolean exited;

    /** Reads the row whose opening brace the parser is at, up to its closing one. */
    ListRow(JsonParser parser, HeapShare.Reservation room) throws IOException {
        this.room = room;
        room.take(ROW_BYTES);
        for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
            parser.nextToken();
            read(parser, field);
        }
    }

    private void read(JsonParser parser, String field) throws IOException {
        switch (field) {
            case "Id" -> id = weighed(nonEmpty(Json.text(parser)));
            case "Names" -> name = weighed(firstName(parser));
            case "Image" -> image = weighed(nonEmpty(Json.text(parser)));
            case "ImageID" -> imageId = weighed(nonEmpty(Json.text(parser)));
            case "Labels" -> labels = Json.texts(parser, room::take);
            case "IsInfra" -> infra = Json.truth(parser);
            case "Pod" -> podId = weighed(nonEmpty(Json.text(parser)));
            case "PodName" -> podName = weighed(nonEmpty(Json.text(parser)));
            case "State" -> state = weighed(Json.text(parser));
            case "Pid" -> pid = Json.integer(parser);
            case "StartedAt" -> startedAtSeconds = Json.integer(parser);
            case "ExitedAt" -> exitedAtSeconds = Json.integer(parser);
            case "ExitCode" -> exitCode = Json.integer(parser);
            case "Exited" -> exited = Json.truth(parser);
            default -> parser.skipChildren();
        }
    }

    Optional<ObservedContainer> observed() {
        if (id == null || id.length() > EventDecoder.MAX_NAME) {
            return Optional.empty();
        }
        Container container = new Container(
                new ContainerId(id),
                name,
                image,
                imageId,
                labels == null ? Map.of() : labels,
                null,
                infra,
                Map.of(),
                DetailSource.LIST);
        return Optional.of(new ObservedContainer(container, podId == null ? null : new PodRef(podId, podName), run()));
    }

    private RunState run() {
        Long startedAtNs = startedAtSeconds == null ? null : Timestamps.ofSeconds(startedAtSeconds);
        if (RunStates.isAlive(state)) {
            Life life = startedAtNs == null || startedAtSeconds == null
                    ? null
                    : Life.withinSecond(startedAtSeconds, RunStates.pid(pid));
            return RunStates.alive(
                    life,
                    "paused".equals(state),
                    RunStates.isStopping(state) ? new RunState.Stopping(null) : null,
                    null);
        }
        boolean endSeen = Boolean.TRUE.equals(exited);
        return RunStates.over(
                startedAtNs,
                endSeen && exitedAtSeconds != null ? Timestamps.ofSeconds(exitedAtSeconds) : null,
                endSeen ? RunStates.exitCode(exitCode) : null);
    }

    private @Nullable String weighed(@Nullable String text) throws IOException {
        if (text != null) {
            room.take(text.length());
        }
        return text;
    }

    private static @Nullable String firstName(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return null;
        }
        @Nullable String first = null;
        for (JsonToken token = parser.nextToken();
                token != null && token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            String text = Json.text(parser);
            first = first == null ? text : first;
        }
        return first == null ? null : withoutSlash(first);
    }

    static String withoutSlash(String name) {
        return name.startsWith("/") ? name.substring(1) : name;
    }

    static @Nullable String nonEmpty(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
