package io.github.sealwatcher.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What Podman must be told to run containers on this machine. An ordinary one needs nothing; one without
 * CAP_SYS_RESOURCE or with mixed cgroups does. {@link PodmanTrial} finds out.
 */
enum PodmanSettings {
    PLAIN("", "", ""),
    RESTRICTED(Text.CONTAINERS, Text.ENGINE, ""),
    /** As restricted, where overlay mounts are refused too: slow, but works anywhere. */
    VFS(Text.CONTAINERS, Text.ENGINE, "vfs");

    private final String containers;
    private final String engine;
    private final String storageDriver;

    PodmanSettings(String containers, String engine, String storageDriver) {
        this.containers = containers;
        this.engine = engine;
        this.storageDriver = storageDriver;
    }

    /** Global arguments of every {@code podman} command. */
    List<String> arguments() {
        return storageDriver.isEmpty() ? List.of() : List.of("--storage-driver", storageDriver);
    }

    void write(Path configuration, PodmanNetwork network, PodmanOptions options) throws IOException {
        String size = options.eventsLogMaxSize();
        Files.writeString(
                configuration,
                String.join(
                        "\n",
                        "[containers]",
                        // No interface, bridge or firewall rule unless a test asks: twice as quick, and traceless.
                        "netns = \"none\"",
                        containers,
                        "[network]",
                        "network_config_dir = \"" + network.directory() + "\"",
                        "default_subnet_pools = [{\"base\" = \"" + network.pool() + "\", \"size\" = 24}]",
                        "[engine]",
                        "events_logger = \"" + options.eventsLogger() + "\"",
                        size.isEmpty() ? "" : "events_logfile_max_size = \"" + size + "\"",
                        engine,
                        ""));
    }

    private static final class Text {
        /** Raising a hard limit is refused, and 4.3.1 swaps soft and hard on infra containers: so both the same. */
        static final String CONTAINERS = """
                default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
                # With mixed cgroups the controller is in v1, and newer Podmans look for it in v2.
                pids_limit = 0""";

        static final String ENGINE = "runtime = \"runc\"\ncgroup_manager = \"cgroupfs\"";

        private Text() {}
    }
}
