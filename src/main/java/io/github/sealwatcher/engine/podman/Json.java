package io.github.sealwatcher.engine.podman;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as foreign hosts send it: bounded, and read with whatever types are found. */
final class Json {

    /** A list of 5,000 containers has 3 MB; whatever is larger than this would rather fill the heap than help. */
    private static final long MAX_DOCUMENT_BYTES = 256L << 20;
    /** Label keys and values have no limit of their own in Podman, so what is longer is cut: see {@link ShortStrings}. */
    static final int MAX_STRING_BYTES =
            (int) Math.max(1 << 20, Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 64));

    /** A map's entry, two strings and their arrays. */
    static final int ENTRY_BYTES = 128;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MAX_DOCUMENT_BYTES)
                    .maxStringLength(2 * MAX_STRING_BYTES)
                    .maxNameLength(2 * MAX_STRING_BYTES)
                    .build())
            // Label keys are foreign text: interned, they would stay in the JVM for ever.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // Label keys that collide cost time, not an event.
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

    private Json() {}

    /** The scalar that the parser is at as text; null for null, an object or an array, which is skipped. */
    static @Nullable String text(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token != null && token.isScalarValue()) {
            return parser.getText();
        }
        parser.skipChildren();
        return null;
    }

    /** The integer that the parser is at; null if it is anything else, which is skipped. */
    static @Nullable Long integer(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? null : parser.getLongValue();
        }
        parser.skipChildren();
        return null;
    }

    /** Whether the parser is at {@code true}; null if it is at neither truth value. */
    static @Nullable Boolean truth(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token != null && token.isBoolean()) {
            return token == JsonToken.VALUE_TRUE;
        }
        parser.skipChildren();
        return null;
    }

    /** Is called with the size of a text before the next one is read. */
    @FunctionalInterface
    interface Weigher {
        void take(long bytes) throws IOException;
    }

    /** The object that the parser is at with its scalars as text; null if it isn't at an object. */
    static @Nullable Map<String, String> texts(JsonParser parser) throws IOException {
        return texts(parser, bytes -> {});
    }

    /** The same, weighed. */
    static @Nullable Map<String, String> texts(JsonParser parser, Weigher weigher) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return null;
        }
        Map<String, String> texts = new HashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            String text = text(parser);
            if (text != null) {
                weigher.take(ENTRY_BYTES + (long) name.length() + text.length());
                texts.put(name, text);
            }
        }
        return texts;
    }
}
