package io.github.sealwatcher.model;

import org.jspecify.annotations.Nullable;

/**
 * A pod as its members refer to it.
 *
 * @param id the pod's full id, never empty
 * @param name null until it is looked up: container events carry a pod's id only
 */
public record PodRef(String id, @Nullable String name) {

    /** @throws IllegalArgumentException if {@code id} is empty */
    public PodRef {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a pod id can't be empty");
        }
    }
}
