package io.github.sealwatcher.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Weighs foreign texts, which can be as large as a host likes. */
final class Texts {

    private Texts() {}

    static long bytes(Map<String, String> texts) {
        long bytes = 0;
        for (Map.Entry<String, String> text : texts.entrySet()) {
            bytes += text.getKey().length() + (long) text.getValue().length();
        }
        return bytes;
    }

    static long bytes(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
