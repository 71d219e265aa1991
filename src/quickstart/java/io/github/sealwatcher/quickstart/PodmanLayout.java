package io.github.sealwatcher.quickstart;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where a private Podman keeps its things: all below one directory, nothing shared with a user's own Podman. */
record PodmanLayout(Path directory, PodmanSettings settings) {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    Path socket() {
        return directory.resolve("podman.sock");
    }

    Path configuration() {
        return directory.resolve("containers.conf");
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

    private Path temporary() {
        return directory.resolve("tmp");
    }

    Command command(List<String> arguments) {
        // In a session of its own, so that Ctrl-C leaves it to us when and how it ends.
        List<String> line = new ArrayList<>(List.of("setsid", "podman"));
        line.addAll(List.of("--root", directory.resolve("root").toString()));
        line.addAll(List.of("--runroot", directory.resolve("run").toString()));
        line.addAll(List.of("--tmpdir", temporary().toString()));
        line.addAll(settings.arguments());
        line.addAll(arguments);
        return new Command(line, Map.of("CONTAINERS_CONF", configuration().toString()), LIMIT);
    }

    String podman(String... arguments) {
        return command(List.of(arguments)).run();
    }
}
