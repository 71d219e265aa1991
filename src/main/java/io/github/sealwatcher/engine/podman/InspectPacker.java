package io.github.sealwatcher.engine.podman;

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
}
