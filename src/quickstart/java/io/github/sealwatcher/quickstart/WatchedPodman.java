package io.github.sealwatcher.quickstart;

import java.util.Map;

/** The Podman whose containers the quickstart shows. */
interface WatchedPodman extends AutoCloseable {
    /** For the user to read. */
    String description();

    /** What the connector must be told to find it, beyond its defaults. */
    Map<String, String> connectorConfig();

    /** A command for the user to try. */
    String suggestion();

    /** Runs a {@code podman} command on it and returns the standard output. */
    String podman(String... arguments);

    /** The name of an image with busybox; brings it there if need be. */
    String busyboxImage();

    /** Takes away whatever was brought there. */
    @Override
    void close();

    /**
     * The Podman of this machine, if its service answers, else a private one.
     *
     * @param alwaysPrivate leaves the machine's own alone
     */
    static WatchedPodman find(boolean alwaysPrivate) {
        return alwaysPrivate
                ? new PrivatePodman()
                : LocalPodman.reachable().<WatchedPodman>map(podman -> podman).orElseGet(PrivatePodman::new);
    }
}
