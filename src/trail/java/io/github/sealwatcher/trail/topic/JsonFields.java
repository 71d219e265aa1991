package io.github.sealwatcher.trail.topic;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Steps through an object's fields without building it: a record holds far more than is looked at. */
final class JsonFields {
    private JsonFields() {}

    /** Takes one field; must read or skip its value, at which the parser stands. */
    @FunctionalInterface
    interface Field {
        void take(String name, JsonParser parser) throws IOException;
    }

    /** Whether the parser stood at an object; each field of it was given to {@code field}. */
    static boolean each(JsonParser parser, Field field) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return false;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            field.take(name, parser);
        }
        return true;
    }

    static @Nullable String text(JsonParser parser) throws IOException {
        if (parser.currentToken().isScalarValue()) {
            return parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getText();
        }
        parser.skipChildren();
        return null;
    }

    static String textOr(JsonParser parser, String other) throws IOException {
        String text = text(parser);
        return text == null ? other : text;
    }

    static @Nullable Long number(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return parser.getLongValue();
        }
        String text = text(parser);
        if (text == null) {
            return null;
        }
        throw new IOException("expected a whole number for " + parser.currentName() + ", found '" + text + "'");
    }

    static @Nullable Integer integer(JsonParser parser) throws IOException {
        Long number = number(parser);
        return number == null ? null : Math.toIntExact(number);
    }
}
