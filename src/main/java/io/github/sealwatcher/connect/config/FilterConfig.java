package io.github.sealwatcher.connect.config;

import io.github.sealwatcher.model.ContainerFilter;
import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.jspecify.annotations.Nullable;

/** Which containers are reported. */
record FilterConfig(ContainerFilter filter) {

    static final String NAME_INCLUDE = "containers.name.include";
    static final String NAME_EXCLUDE = "containers.name.exclude";
    static final String LABEL_INCLUDE = "containers.label.include";
    static final String LABEL_EXCLUDE = "containers.label.exclude";
    static final String INFRA = "containers.infra.include";

    private static final String LABELS_ARE = " A comma list of key (the label is there) or key=value.";
    private static final String PATTERN_IS =
            " A regular expression that is looked for anywhere in the name: begin it with ^ and end it with $ for the"
                    + " whole name. It is RE2's syntax, which takes linear time whatever a container is called; it has no"
                    + " back references, no look-ahead or look-behind and no possessive quantifiers.";

    static ConfigSection section() {
        return new ConfigSection(
                "Containers",
                true,
                List.of(
                        pattern(NAME_INCLUDE, "Include names", "Report only containers whose name matches."),
                        pattern(NAME_EXCLUDE, "Exclude names", "Don't report containers whose name matches."),
                        labels(
                                LABEL_INCLUDE,
                                "Include labels",
                                "Report only containers that have one of these labels."),
                        labels(
                                LABEL_EXCLUDE,
                                "Exclude labels",
                                "Don't report containers that have one of these labels."),
                        ConfigKey.flag(
                                INFRA,
                                true,
                                "Include infra containers",
                                "Whether to report the infra container that Podman adds to a pod.")));
    }

    static FilterConfig from(AbstractConfig values) {
        return new FilterConfig(new ContainerFilter(
                compiled(values.getString(NAME_INCLUDE)),
                compiled(values.getString(NAME_EXCLUDE)),
                rules(values.getList(LABEL_INCLUDE)),
                rules(values.getList(LABEL_EXCLUDE)),
                values.getBoolean(INFRA)));
    }

    private static ConfigKey pattern(String name, String title, String doc) {
        return ConfigKey.text(name, null, title, doc + PATTERN_IS)
                .checked("a regular expression", value -> compiled(value.toString()));
    }

    private static ConfigKey labels(String name, String title, String doc) {
        return ConfigKey.list(name, title, doc + LABELS_ARE)
                .startingWith(null)
                .checked("a comma list of key or key=value", value -> rules((List<?>) value));
    }

    private static ContainerFilter.@Nullable NameRule compiled(@Nullable String expression) {
        return expression == null || expression.isEmpty() ? null : NamePattern.compiled(expression);
    }

    private static List<ContainerFilter.LabelRule> rules(@Nullable List<?> texts) {
        if (texts == null) {
            return List.of();
        }
        return texts.stream().map(text -> rule(text.toString())).toList();
    }

    private static ContainerFilter.LabelRule rule(String text) {
        int equals = text.indexOf('=');
        String key = equals < 0 ? text : text.substring(0, equals);
        if (key.isEmpty()) {
            throw new IllegalArgumentException("expected key or key=value, found \"" + text + "\"");
        }
        return new ContainerFilter.LabelRule(key, equals < 0 ? null : text.substring(equals + 1));
    }
}
