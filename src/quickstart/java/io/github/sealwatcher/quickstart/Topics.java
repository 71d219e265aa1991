package io.github.sealwatcher.quickstart;

import java.util.List;

/** The topics of a connector, by its prefix. */
record Topics(String containerEvents, String containerState, String hostEvents) {
    static Topics of(String prefix) {
        return new Topics(prefix + ".container.events", prefix + ".container.state", prefix + ".host.events");
    }

    List<String> all() {
        return List.of(containerEvents, containerState, hostEvents);
    }
}
