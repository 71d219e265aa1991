package io.github.sealwatcher.connect.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * A configuration key. Immutable: each change gives another.
 *
 * @param defaultValue null if there is none
 * @param choices the values to offer; empty if any will do
 * @param shownIf when the key applies; null if always
 */
record ConfigKey(
        String name,
        ConfigDef.Type type,
        @Nullable Object defaultValue,
        ConfigDef.Validator validator,
        Importance importance,
        Width width,
        String title,
        String doc,
        List<Object> choices,
        @Nullable ShownIf shownIf) {

    /** Ten years: far above any sense, and far below where milliseconds no longer fit into nanoseconds. */
    private static final long MAX_MS = 10L * 365 * 24 * 60 * 60 * 1000;

    /**
     * When a key is of use.
     *
     * @param keys on whose values it depends
     * @param applies called with the values of all keys; one that can't be parsed is null or missing
     */
    record ShownIf(List<String> keys, Predicate<Map<String, Object>> applies) {}

    static ConfigKey text(String name, @Nullable String defaultValue, String title, String doc) {
        return of(name, ConfigDef.Type.STRING, defaultValue, Width.LONG, title, doc);
    }

    static ConfigKey list(String name, String title, String doc) {
        return of(name, ConfigDef.Type.LIST, "", Width.LONG, title, doc);
    }

    static ConfigKey flag(String name, boolean defaultValue, String title, String doc) {
        return of(name, ConfigDef.Type.BOOLEAN, defaultValue, Width.SHORT, title, doc);
    }

    static ConfigKey millis(String name, long defaultValue, long min, String title, String doc) {
        return of(name, ConfigDef.Type.LONG, defaultValue, Width.SHORT, title, doc)
                .checkedBy(ConfigDef.Range.between(min, MAX_MS));
    }

    static ConfigKey count(String name, int defaultValue, int min, String title, String doc) {
        return of(name, ConfigDef.Type.INT, defaultValue, Width.SHORT, title, doc)
                .checkedBy(ConfigDef.Range.atLeast(min));
    }

    static ConfigKey bytes(String name, long defaultValue, String title, String doc) {
        return of(name, ConfigDef.Type.LONG, defaultValue, Width.SHORT, title, doc)
                .checkedBy(ConfigDef.Range.atLeast(1L));
    }

    static ConfigKey choice(String name, List<String> values, String title, String doc) {
        return of(name, ConfigDef.Type.STRING, values.get(0), Width.MEDIUM, title, doc)
                .checkedBy(ConfigDef.ValidString.in(values.toArray(String[]::new)))
                .offering(List.copyOf(values));
    }

    /** A text that is never shown again. */
    static ConfigKey secret(String name, String title, String doc) {
        return of(name, ConfigDef.Type.PASSWORD, null, Width.MEDIUM, title, doc);
    }

    /** A file of the worker's machine. */
    static ConfigKey file(String name, String title, String doc) {
        return of(name, ConfigDef.Type.STRING, null, Width.LONG, title, doc)
                .checked("a file that the worker can read", ConfigKey::checkReadable);
    }

    private static void checkReadable(Object value) {
        Path file;
        try {
            file = Path.of(value.toString());
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("expected a file's path, found one that can't be: " + e.getReason(), e);
        }
        String found = null;
        if (Files.isDirectory(file)) {
            found = "a folder";
        } else if (!Files.exists(file)) {
            found = "none that it can see";
        } else if (!Files.isRegularFile(file)) {
            found = "a device, pipe or socket";
        } else if (!Files.isReadable(file)) {
            found = "one that it may not read";
        }
        if (found != null) {
            throw new IllegalArgumentException(
                    "expected a file that the worker can read, found " + found + ": " + file);
        }
    }

    private static ConfigKey of(
            String name, ConfigDef.Type type, @Nullable Object defaultValue, Width width, String title, String doc) {
        ConfigDef.Validator any = ConfigDef.LambdaValidator.with((key, value) -> {}, () -> "any");
        return new ConfigKey(name, type, defaultValue, any, Importance.MEDIUM, width, title, doc, List.of(), null);
    }

    ConfigKey startingWith(@Nullable Object otherDefault) {
        return new ConfigKey(name, type, otherDefault, validator, importance, width, title, doc, choices, shownIf);
    }

    ConfigKey rated(Importance other) {
        return new ConfigKey(name, type, defaultValue, validator, other, width, title, doc, choices, shownIf);
    }

    ConfigKey checkedBy(ConfigDef.Validator other) {
        return new ConfigKey(name, type, defaultValue, other, importance, width, title, doc, choices, shownIf);
    }

    /**
     * With a check that needn't care for nulls.
     *
     * @param expected what a good value is, for the reference
     * @param check throws IllegalArgumentException, whose message has what is expected and what was found
     */
    ConfigKey checked(String expected, Consumer<Object> check) {
        return checkedBy(ConfigDef.LambdaValidator.with((key, value) -> explain(key, value, check), () -> expected));
    }

    ConfigKey shownUnless(String key, @Nullable Object value) {
        return shownIf(new ShownIf(List.of(key), values -> !Objects.equals(value, values.get(key))));
    }

    ConfigKey shownIf(ShownIf condition) {
        return new ConfigKey(name, type, defaultValue, validator, importance, width, title, doc, choices, condition);
    }

    /** Adds this key to {@code definition} under {@code name}, which differs for the key of a single host. */
    void define(ConfigDef definition, String name, String group, int order, List<String> dependents) {
        definition.define(
                name,
                type,
                defaultValue,
                validator,
                importance,
                doc,
                group,
                order,
                width,
                title,
                dependents,
                recommender());
    }

    private ConfigKey offering(List<Object> values) {
        return new ConfigKey(name, type, defaultValue, validator, importance, width, title, doc, values, shownIf);
    }

    private ConfigDef.Recommender recommender() {
        return new ConfigDef.Recommender() {
            @Override
            public List<Object> validValues(String key, Map<String, Object> parsed) {
                return choices;
            }

            @Override
            public boolean visible(String key, Map<String, Object> parsed) {
                return shownIf == null || shownIf.applies().test(parsed);
            }
        };
    }

    private static void explain(String key, @Nullable Object value, Consumer<Object> check) {
        if (value == null) {
            return;
        }
        try {
            check.accept(value);
        } catch (IllegalArgumentException e) {
            // Not the constructor that quotes the value: an URI may hold a password.
            throw new ConfigException(key + ": " + e.getMessage());
        }
    }
}
