package io.github.sealwatcher.model;

import org.jspecify.annotations.Nullable;

/**
 * Which engine is at the other end.
 *
 * @param version the engine's version, {@code unknown} if it can't be asked
 * @param apiVersion the version of its API; null if unknown
 * @param endpoint the address of its API, as an URI without any secret
 * @param pid the engine's process; null if unknown
 */
public record EngineIdentity(
        String version,
        @Nullable String apiVersion,
        String endpoint,
        @Nullable Integer pid) {

    /** The type of every engine that is watched here. */
    public static final String TYPE = "podman.io";

    /** The version of an engine that couldn't be asked. */
    public static final String UNKNOWN_VERSION = "unknown";
}
