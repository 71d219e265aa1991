package io.github.sealwatcher.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where a private Podman keeps its things: all below one directory, nothing shared with a user's own Podman. */
record PodmanLayout(Path directory, PodmanSettings settings, PodmanInstallation installation) {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    Path socket() {
        return directory.resolve("podman.sock");
    }

    Path configuration() {
        return directory.resolve("containers.conf");
    }

    Path storage() {
        return directory.resolve("root");
    }

    /** With {@link #temporary}, what a reboot empties. */
    Path running() {
        return directory.resolve("run");
    }

    Path temporary() {
        return directory.resolve("tmp");
    }

    Path networks() {
        return directory.resolve("net");
    }

    Path serviceLog() {
        return directory.resolve("service.log");
    }

    Path eventsLog() {
        return temporary().resolve("events").resolve("events.log");
    }

    Command command(List<String> arguments) {
        // In a session of its own, so that Ctrl-C leaves it to us when and how it ends.
        List<String> line = new ArrayList<>(List.of("setsid"));
        line.addAll(installation.line(List.of("podman")));
        line.addAll(List.of("--root", storage().toString()));
        line.addAll(List.of("--runroot", running().toString()));
        line.addAll(List.of("--tmpdir", temporary().toString()));
        line.addAll(settings.arguments());
        line.addAll(arguments);
        return new Command(line, Map.of("CONTAINERS_CONF", configuration().toString()), LIMIT);
    }

    String podman(String... arguments) {
        return command(List.of(arguments)).run();
    }
}
