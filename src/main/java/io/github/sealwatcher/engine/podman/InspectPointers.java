package io.github.sealwatcher.engine.podman;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What to copy from an inspect document, by JSON Pointers (RFC 6901). Immutable. */
public final class InspectPointers implements InspectPacker {

    private final Map<String, JsonPointer> pointers = new LinkedHashMap<>();

    private InspectPointers(List<String> texts) {
        texts.forEach(InspectPointers::check);
        texts.forEach(text -> pointers.put(text, JsonPointer.compile(text)));
    }

    /**
     * Copies what JSON Pointers (RFC 6901) point at, each under the pointer itself: scalars as text, anything else as
     * compact JSON; what is missing is left out.
     *
     * @throws IllegalArgumentException if one is malformed, with what was expected and what was found
     */
    public static InspectPointers of(Collection<String> pointers) {
        return new InspectPointers(List.copyOf(pointers));
    }

    /**
     * Checks a pointer as an operator wrote it.
     *
     * @throws IllegalArgumentException with what was expected and what was found
     */
    static void check(String text) {
        if (!text.startsWith("/") || text.matches(".*~([^01].*|$)")) {
            throw new IllegalArgumentException("expected a JSON Pointer such as /HostConfig/NetworkMode, with ~0 for ~"
                    + " and ~1 for / within a name, found \"" + text + "\"");
        }
    }

    @Override
    public Map<String, String> pack(String document) {
        try {
            return copyFrom(Json.MAPPER.readTree(document));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("expected a JSON document", e);
        }
    }

    /** What the document holds of it: scalars as text, anything else as compact JSON; what is missing is left out. */
    Map<String, String> copyFrom(JsonNode document) {
        Map<String, String> copies = new HashMap<>();
        pointers.forEach((text, pointer) -> {
            JsonNode found = document.at(pointer);
            if (!found.isMissingNode()) {
                copies.put(text, found.isValueNode() ? found.asText() : found.toString());
            }
        });
        return copies;
    }
}
