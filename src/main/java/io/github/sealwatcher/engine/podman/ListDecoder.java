package io.github.sealwatcher.engine.podman;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.sealwatcher.model.ObservedContainer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads a list of containers row by row, since a big host's has megabytes. A row that has no id, or none that can be one, is left out. */
final class ListDecoder {

    private ListDecoder() {}

    /**
     * Reads it.
     *
     * @param room for the rows
     * @throws IOException if the connection breaks, it isn't a list or there is no room for it
     */
    static List<ObservedContainer> decode(InputStream body, HeapShare.Reservation room) throws IOException {
        List<ObservedContainer> rows = new ArrayList<>();
        try (JsonParser parser = Json.FACTORY.createParser(new ShortStrings(body, Json.MAX_STRING_BYTES))) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.VALUE_NULL) {
                // Go's encoding of an empty list.
                return List.of();
            }
            if (first != JsonToken.START_ARRAY) {
                throw new UnexpectedJsonException("expected a list of containers, found " + first);
            }
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (token == null) {
                    throw new UnexpectedJsonException("the list of containers is cut off");
                }
                if (token == JsonToken.START_OBJECT) {
                    new ListRow(parser, room).observed().ifPresent(rows::add);
                } else {
                    parser.skipChildren();
                }
            }
        }
        return List.copyOf(rows);
    }
}
