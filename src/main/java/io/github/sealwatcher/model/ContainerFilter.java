package io.github.sealwatcher.model;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which containers are reported. What isn't known of a container never excludes it: a death that is reported needlessly does
 * less harm than one that is missing.
 *
 * @param nameInclude looked for anywhere in the name; null if any name will do
 * @param nameExclude looked for anywhere in the name; null if no name is excluded
 * @param labelInclude of which one must be met; empty if any labels will do
 * @param labelExclude of which none may be met
 * @param infra whether pods' infra containers are reported
 */
public record ContainerFilter(
        @Nullable NameRule nameInclude,
        @Nullable NameRule nameExclude,
        List<LabelRule> labelInclude,
        List<LabelRule> labelExclude,
        boolean infra) {

    private static final String EVERYTHING = "null\0null\0[]\0[]\0true";

    public ContainerFilter {
        labelInclude = List.copyOf(labelInclude);
        labelExclude = List.copyOf(labelExclude);
    }

    /** By patterns of the JDK: some of them take exponential time for some names, so only for patterns of one's own. */
    public ContainerFilter(
            @Nullable Pattern nameInclude,
            @Nullable Pattern nameExclude,
            List<LabelRule> labelInclude,
            List<LabelRule> labelExclude,
            boolean infra) {
        this(NameRule.of(nameInclude), NameRule.of(nameExclude), labelInclude, labelExclude, infra);
    }

    /**
     * A regular expression that a name must have somewhere, or must not have.
     *
     * @param expression as it is written
     * @param found whether a name has it; called on a host's thread with names that a host may have made up
     */
    public record NameRule(String expression, Predicate<String> found) {

        static @Nullable NameRule of(@Nullable Pattern pattern) {
            return pattern == null
                    ? null
                    : new NameRule(
                            pattern.pattern(), name -> pattern.matcher(name).find());
        }

        @Override
        public String toString() {
            return expression;
        }
    }

    /** A label that must be there.
     *
     * @param value null if any value will do
     */
    public record LabelRule(String key, @Nullable String value) {

        /** As it stands in stored fingerprints: it never changes, whatever the type and its components are called. */
        private String fingerprinted() {
            return "LabelRule[key=" + key + ", value=" + value + "]";
        }

        boolean isMetBy(Container container) {
            String found = container.labels().get(key);
            return found != null && (value == null || value.equals(found));
        }
    }

    /** Equal for filters that accept the same; 0 for one that accepts everything. */
    public long fingerprint() {
        String text = nameInclude + "\0" + nameExclude + "\0" + fingerprinted(labelInclude) + "\0"
                + fingerprinted(labelExclude) + "\0" + infra;
        return text.equals(EVERYTHING) ? 0 : EventId.derived("filter", text).high();
    }

    private static String fingerprinted(List<LabelRule> rules) {
        return rules.stream().map(LabelRule::fingerprinted).collect(Collectors.joining(", ", "[", "]"));
    }

    /** A filter that lets everything through. */
    public static ContainerFilter all() {
        return new ContainerFilter((NameRule) null, null, List.of(), List.of(), true);
    }

    /** Whether it surely lets everything through. */
    public boolean isEverything() {
        return infra && nameInclude == null && nameExclude == null && labelInclude.isEmpty() && labelExclude.isEmpty();
    }

    /** Whether this container is reported. */
    public boolean accepts(Container container) {
        if (!infra && Boolean.TRUE.equals(container.infra())) {
            return false;
        }
        return container.isUnknown() || (acceptsName(container) && acceptsLabels(container));
    }

    private boolean acceptsName(Container container) {
        String name = container.name();
        if (name == null) {
            return true;
        }
        return (nameInclude == null || nameInclude.found().test(name))
                && (nameExclude == null || !nameExclude.found().test(name));
    }

    private boolean acceptsLabels(Container container) {
        return (labelInclude.isEmpty() || labelInclude.stream().anyMatch(rule -> rule.isMetBy(container)))
                && labelExclude.stream().noneMatch(rule -> rule.isMetBy(container));
    }
}
