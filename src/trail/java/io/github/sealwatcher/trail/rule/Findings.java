package io.github.sealwatcher.trail.rule;

import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.ContainerKey;
import io.github.sealwatcher.trail.event.Place;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects violations: all are counted, the first of each rule are kept, so that a ruined trail takes no memory. */
public final class Findings {
    private static final Set<Rule> OF_A_LIFE = EnumSet.of(Rule.ORDER, Rule.LIFE, Rule.STATE);

    private final int mostOfARule;
    private final Map<Rule, Integer> counts = new EnumMap<>(Rule.class);
    private final List<Finding> kept = new ArrayList<>();
    private final Set<ContainerKey> forgotten = new HashSet<>();
    private int excused;

    /** @param mostOfARule how many violations of each rule are kept */
    public Findings(int mostOfARule) {
        this.mostOfARule = mostOfARule;
    }

    /** Adds one about a record of the trail. */
    public void add(Rule rule, ContainerEvent event, String what) {
        add(rule, event.place(), event.key().host(), event.key(), what);
    }

    /** Adds one. */
    public void add(Rule rule, @Nullable Place place, String host, @Nullable ContainerKey key, String what) {
        if (key != null && OF_A_LIFE.contains(rule) && forgotten.contains(key)) {
            excused++;
            return;
        }
        if (counts.merge(rule, 1, Integer::sum) <= mostOfARule) {
            kept.add(new Finding(rule, place, host, key, what));
        }
    }

    /**
     * From now on, what is wrong with the order of a container's lives is excused: a worker without exactly-once support
     * lost the offset in a crash after it had reported it, and the event log no longer held it.
     */
    public void forget(ContainerKey key) {
        forgotten.add(key);
    }

    /** How often that excused something. */
    public int excused() {
        return excused;
    }

    /** How many violations there are. */
    public int count() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many violations of a rule there are. */
    public int count(Rule rule) {
        return counts.getOrDefault(rule, 0);
    }

    /** The first of each rule, in the order in which they were found. */
    public List<Finding> kept() {
        return List.copyOf(kept);
    }
}
