package io.github.sealwatcher.trail.event;

/** How the connector came to know of an event. */
public enum Origin {
    /** Read from the stream. */
    LIVE,
    /** Read from Podman's history after a reconnect or restart. */
    REPLAY,
    /** Alive at first sight. */
    SNAPSHOT,
    /** Inferred from a list. */
    RECONCILED,
    /** Not one of these. */
    UNKNOWN;

    /** Whether an event of Podman's stands behind it, and not a list. */
    public boolean isHeard() {
        return this == LIVE || this == REPLAY;
    }

    /** As the records spell it. */
    public String word() {
        return switch (this) {
            case LIVE -> "live";
            case REPLAY -> "replay";
            case SNAPSHOT -> "snapshot";
            case RECONCILED -> "reconciled";
            case UNKNOWN -> "unknown";
        };
    }

    /** The one that the records spell so. */
    public static Origin of(String word) {
        for (Origin origin : values()) {
            if (origin.word().equals(word)) {
                return origin;
            }
        }
        return UNKNOWN;
    }
}
