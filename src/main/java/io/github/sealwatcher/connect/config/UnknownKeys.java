package io.github.sealwatcher.connect.config;

import io.github.sealwatcher.engine.podman.LocalHost;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keys that nobody reads: Connect ignores them without a word, so that a misspelt key would have no effect unnoticed. */
public final class UnknownKeys {

    private static final String OURS = "podman.";

    /** What Connect itself reads. */
    private static final Pattern CONNECTS = Pattern.compile("name|tasks\\.max(\\..*)?|connector\\..*"
            + "|(key|value|header)\\.converter(\\..*)?|(transforms|predicates)(\\..*)?|errors\\..*"
            + "|topic\\.creation\\..*|config\\.(action\\.reload|providers.*)|offsets\\.storage\\.topic"
            + "|exactly\\.once\\.support|transaction\\.boundary.*|(producer|consumer|admin)\\.override\\..*");

    private UnknownKeys() {}

    /** Errors: keys that claim to be this connector's and aren't. */
    public static Map<String, String> problems(Map<String, String> properties, LocalHost localHost) {
        Set<String> known = ConfigKeys.definition(localHost).names();
        Map<String, String> problems = new TreeMap<>();
        for (String key : properties.keySet()) {
            if (key.startsWith(OURS) && !known.contains(key) && !key.startsWith(HostKeys.PREFIX)) {
                Set<String> candidates = new TreeSet<>(known);
                candidates.add(HostKeys.PREFIX + "<name>.<key>");
                String bare = key.substring(OURS.length());
                String meant = known.contains(bare)
                        ? "; did you mean " + bare + "?"
                        : KeySuggestion.didYouMean(key, candidates);
                problems.put(key, "this connector has no such key" + meant);
            }
        }
        return problems;
    }

    /** Warnings: keys that are neither Connect's nor ours, and differ from one of ours by a slip, with the one meant. */
    public static Map<String, String> nearMisses(Map<String, String> properties, LocalHost localHost) {
        Set<String> known = ConfigKeys.definition(localHost).names();
        Map<String, String> misses = new TreeMap<>();
        for (String key : properties.keySet()) {
            if (known.contains(key)
                    || key.startsWith(OURS)
                    || CONNECTS.matcher(key).matches()) {
                continue;
            }
            @Nullable String meant = KeySuggestion.nearMiss(key, known);
            if (meant != null) {
                misses.put(key, meant);
            }
        }
        return misses;
    }
}
