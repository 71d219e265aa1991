package io.github.sealwatcher.connect.record;

import io.github.sealwatcher.model.Container;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the details that an event carried. */
final class EventAttributes {

    private EventAttributes() {}

    /** Without what may be one of the container's labels: Podman puts both into one map. */
    static Map<String, String> of(Map<String, String> details, Container container) {
        String signal = details.get("signal");
        if (signal == null || !signal.equals(container.labels().get("signal"))) {
            return details;
        }
        Map<String, String> less = new HashMap<>(details);
        less.remove("signal");
        return less;
    }

    /** Null if there is none. */
    static @Nullable Integer exitCode(Map<String, String> attributes) {
        String text = attributes.get("exit_code");
        try {
            return text == null ? null : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Null if Podman does not write it: versions before 6 do not. */
    static @Nullable Boolean oomKilled(Map<String, String> details) {
        String text = details.get("oomKilled");
        return text == null ? null : (Boolean) Boolean.parseBoolean(text);
    }
}
