package io.github.sealwatcher.trail.rule;

import io.github.sealwatcher.trail.event.ContainerKey;
import io.github.sealwatcher.trail.event.Place;
import org.jspecify.annotations.Nullable;

/**
 * A violation.
 *
 * @param place the record in question; null for what is about a host or topic as a whole
 * @param key the container in question; null if it is about none
 */
public record Finding(
        Rule rule,
        @Nullable Place place,
        String host,
        @Nullable ContainerKey key,
        String what) {
    @Override
    public String toString() {
        return rule.word() + "  " + (place == null ? "" : place + "  ") + host
                + (key == null ? "" : "/" + key.shortId()) + "  " + what;
    }
}
