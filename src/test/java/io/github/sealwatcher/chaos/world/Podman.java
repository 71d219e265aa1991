package io.github.sealwatcher.chaos.world;

import java.nio.file.Path;

/** A real Podman to torment: its commands, its service, its event log. */
public interface Podman extends AutoCloseable {

    /**
     * Runs a command beside the service.
     *
     * @return its output
     * @throws IllegalStateException when it fails
     */
    String run(String... arguments);

    /** The image that containers are made of. */
    String image();

    Path socket();

    /** The events that it keeps, a line each. */
    Path eventsLog();

    /** Has it lose all events that it keeps. */
    void deleteLog();

    /** Whether service and event log are ours to torment. */
    boolean isOurs();

    /** Returns when it answers. Does nothing when it runs. */
    void startService();

    void terminateService();

    void killService();

    /** Of the service that runs. */
    long servicePid();

    /** How many newer versions it can still be replaced by. */
    default int upgrades() {
        return 0;
    }

    /** Puts a newer version in the place of what is installed; the service is at work with the old one until it ends. */
    default void upgrade() {
        throw new IllegalStateException("not ours to upgrade");
    }

    @Override
    void close();
}
