package io.github.sealwatcher.chaos.world;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the connector is told to show, and under which topic prefix, as keys of its configuration, and what that means by the documentation: the runner's
 * own reading of it, apart from the connector's.
 */
public record Filter(
        String prefix,
        String nameInclude,
        String nameExclude,
        String labelInclude,
        String labelExclude,
        boolean infra) {
    public static final String PREFIX = "podman";
    public static final String OTHER_PREFIX = "other";
    public static final Filter ALL = new Filter(PREFIX, "", "", "", "", true);

    /** Each hides something that the others show. */
    public static final List<Filter> CHOICE = List.of(
            ALL,
            new Filter(PREFIX, "^chaos-", "", "", "", true),
            new Filter(PREFIX, "", "^chaos-0", "", "", true),
            new Filter(PREFIX, "", "", "tint=red", "", true),
            new Filter(PREFIX, "", "", "", "tint=red", true),
            new Filter(PREFIX, "", "", "", "", false),
            new Filter(PREFIX, "^chaos-(1|pod)", "pod1-1$", "", "", true));

    /** The same, and two under another prefix. */
    public static final List<Filter> CHOICE_OF_PREFIXES = Stream.concat(
                    CHOICE.stream(),
                    Stream.of(
                            new Filter(OTHER_PREFIX, "", "", "", "", true),
                            new Filter(OTHER_PREFIX, "", "^chaos-0", "", "", true)))
            .toList();

    private static final Pattern INFRA = Pattern.compile("[0-9a-f]{12}-infra");

    public boolean shows(String name, Map<String, String> labels) {
        return (infra || !INFRA.matcher(name).matches())
                && (nameInclude.isEmpty()
                        || Pattern.compile(nameInclude).matcher(name).find())
                && (nameExclude.isEmpty()
                        || !Pattern.compile(nameExclude).matcher(name).find())
                && (labelInclude.isEmpty() || has(labels, labelInclude))
                && (labelExclude.isEmpty() || !has(labels, labelExclude));
    }

    /** As keys of the configuration; what isn't set is an empty string. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("topic.prefix", prefix);
        settings.put("containers.name.include", nameInclude);
        settings.put("containers.name.exclude", nameExclude);
        settings.put("containers.label.include", labelInclude);
        settings.put("containers.label.exclude", labelExclude);
        settings.put("containers.infra.include", infra ? "" : "false");
        return settings;
    }

    private static boolean has(Map<String, String> labels, String rule) {
        String[] pair = rule.split("=", 2);
        return pair[1].equals(labels.get(pair[0]));
    }

    @Override
    public String toString() {
        Map<String, String> set = settings();
        set.values().removeIf(String::isEmpty);
        return set.toString();
    }
}
