package io.github.sealwatcher.quickstart;

import io.github.sealwatcher.testkit.BusyboxImage;
import io.github.sealwatcher.testkit.Command;
import io.github.sealwatcher.testkit.UnixPing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Podman service of this machine or, with {@code CONTAINER_HOST}, of another. */
final class LocalPodman implements WatchedPodman {
    private static final String UNIX = "unix://";
    private static final Duration PING_LIMIT = Duration.ofSeconds(3);
    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(1);
    private static final String IMAGE = "localhost/seal-demo:latest";

    private final String uri;
    private boolean imported;

    private LocalPodman(String uri) {
        this.uri = uri;
    }

    static Optional<WatchedPodman> reachable() {
        LocalPodman podman = new LocalPodman(defaultUri(System.getenv(), System.getProperty("user.name")));
        return podman.answers() ? Optional.of(podman) : Optional.empty();
    }

    /** Where Podman's own clients look, and so the connector. */
    static String defaultUri(Map<String, String> environment, String user) {
        String named = environment.getOrDefault("CONTAINER_HOST", "");
        if (!named.isEmpty()) {
            return named;
        }
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        return UNIX + (user.equals("root") || runtime.isEmpty() ? "/run" : runtime) + "/podman/podman.sock";
    }

    private boolean answers() {
        if (uri.startsWith(UNIX)) {
            return UnixPing.answers(Path.of(uri.substring(UNIX.length())), PING_LIMIT);
        }
        try {
            new Command(line("version"), Map.of(), PING_LIMIT).run();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    @Override
    public String description() {
        return uri;
    }

    @Override
    public Map<String, String> connectorConfig() {
        return Map.of();
    }

    @Override
    public String suggestion() {
        return "start, pause or stop any container of it";
    }

    @Override
    public String podman(String... arguments) {
        return new Command(line(arguments), Map.of(), COMMAND_LIMIT).run();
    }

    @Override
    public String busyboxImage() {
        imported = true;
        podman("import", BusyboxImage.archive().toString(), IMAGE);
        return IMAGE;
    }

    @Override
    public void close() {
        if (imported) {
            podman("rmi", "--force", IMAGE);
        }
    }

    private List<String> line(String... arguments) {
        List<String> line = new ArrayList<>(List.of("setsid", "podman", "--url", uri));
        line.addAll(List.of(arguments));
        return line;
    }
}
