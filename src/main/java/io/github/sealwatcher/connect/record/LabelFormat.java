package io.github.sealwatcher.connect.record;

import io.github.sealwatcher.connect.config.TopicsConfig;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Schema;

/**
 * How labels and other texts with free names are written. As maps they keep their structure; as one JSON text each they pass
 * through sinks and transformations that know no maps. The schemas differ in nothing else.
 */
enum LabelFormat {
    MAP(Schemas.CONTAINER, Schemas.CONTAINER_EVENT, Schemas.CONTAINER_STATE) {
        @Override
        Object of(Map<String, String> texts) {
            return texts;
        }
    },
    JSON(Schema.OPTIONAL_STRING_SCHEMA) {
        @Override
        Object of(Map<String, String> texts) {
            var json = new StringBuilder("{");
            // Sorted, so that the same labels are the same text.
            new TreeMap<>(texts).forEach((name, value) -> {
                json.append(json.length() == 1 ? "" : ",");
                quote(name, json);
                json.append(':');
                quote(value, json);
            });
            return json.append('}').toString();
        }
    };

    private final Schema container;
    private final Schema event;
    private final Schema state;

    LabelFormat(Schema texts) {
        this(Schemas.container(texts), texts);
    }

    LabelFormat(Schema container, Schema texts) {
        this(container, Schemas.containerEvent(container, texts), Schemas.containerState(container));
    }

    LabelFormat(Schema container, Schema event, Schema state) {
        this.container = container;
        this.event = event;
        this.state = state;
    }

    static LabelFormat of(TopicsConfig topics) {
        return topics.labelsAsJson() ? JSON : MAP;
    }

    /** The texts as a field's value. */
    abstract Object of(Map<String, String> texts);

    Schema container() {
        return container;
    }

    Schema event() {
        return event;
    }

    Schema state() {
        return state;
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == '"' || next == '\\') {
                json.append('\\').append(next);
            } else if (next < ' ' || Character.isSurrogate(next) || next == '\u2028' || next == '\u2029') {
                // A lone surrogate isn't text for every reader, and a pair in this form is.
                json.append(String.format("\\u%04x", (int) next));
            } else {
                json.append(next);
            }
        }
        json.append('"');
    }
}
