package io.github.sealwatcher.testkit;

/**
 * How a private Podman keeps its event history.
 *
 * @param eventsLogger {@code file}, {@code journald} or {@code none}
 * @param eventsLogMaxSize when the file is rotated, with a unit ({@code 64k}); empty: Podman's default of 1 MB
 */
public record PodmanOptions(String eventsLogger, String eventsLogMaxSize) {
    /** System property: how private services keep their event history if a test doesn't say. */
    public static final String LOGGER_PROPERTY = "podman.events.logger";

    /** Podman's default on a host with systemd. */
    public static final String JOURNALD = "journald";

    public static final PodmanOptions DEFAULTS = new PodmanOptions(System.getProperty(LOGGER_PROPERTY, "file"), "");

    public PodmanOptions withEventsLogger(String logger) {
        return new PodmanOptions(logger, eventsLogMaxSize);
    }

    public PodmanOptions withEventsLogMaxSize(String size) {
        return new PodmanOptions(eventsLogger, size);
    }
}
