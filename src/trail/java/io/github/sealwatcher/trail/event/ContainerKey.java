package io.github.sealwatcher.trail.event;

/** Which container: ids are unique on their host only. */
public record ContainerKey(String host, String id) {
    private static final int SHORT = 12;

    /** The first digits, as Podman shows an id. */
    public String shortId() {
        return shortened(id);
    }

    /** The first digits of any id. */
    public static String shortened(String id) {
        return id.length() <= SHORT ? id : id.substring(0, SHORT);
    }
}
