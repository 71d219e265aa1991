package io.github.sealwatcher.engine.podman;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Picks from a container's inspect document what an application wants to find in the container. Thread-safe. */
@FunctionalInterface
public interface InspectPacker {

    /**
     * What to put into {@link io.github.sealwatcher.model.Container#inspect}. It must not block; if it throws, the
     * container goes without.
     *
     * @param document Podman's own JSON
     * @return texts without any null
     */
    Map<String, String> pack(String document);

    /**
     * Copies what JSON Pointers (RFC 6901) point at, each under the pointer itself: scalars as text, anything else as
     * compact JSON; what is missing is left out.
     *
     * @throws IllegalArgumentException if one is malformed, with what was expected and what was found
     */
    static InspectPacker pointers(Collection<String> pointers) {
        return new InspectPointers(List.copyOf(pointers));
    }
}
