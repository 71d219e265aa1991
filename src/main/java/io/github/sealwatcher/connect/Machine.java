package io.github.sealwatcher.connect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The machine that the worker runs on, as far as it decides where an unnamed Podman is found.
 *
 * @param hostName this machine's host name
 * @param root whether the worker runs as root
 * @param containerHost the environment's {@code CONTAINER_HOST}; null if unset
 * @param runtimeDirectory the environment's {@code XDG_RUNTIME_DIR}; null if unset
 */
record Machine(
        String hostName,
        boolean root,
        @Nullable String containerHost,
        @Nullable String runtimeDirectory) {

    private static final String ROOTFUL = "unix:///run/podman/podman.sock";

    /** This machine. */
    static Machine local() {
        Map<String, String> environment = System.getenv();
        return new Machine(
                localHostName(), isRoot(), environment.get("CONTAINER_HOST"), environment.get("XDG_RUNTIME_DIR"));
    }

    /** Where Podman's own clients would look. */
    String podmanUri() {
        if (containerHost != null && !containerHost.isBlank()) {
            return containerHost.trim();
        }
        return root || runtimeDirectory == null || runtimeDirectory.isBlank()
                ? ROOTFUL
                : "unix://" + runtimeDirectory + "/podman/podman.sock";
    }

    private static String localHostName() {
        try {
            // Asked first because it can't hang in a name server.
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).trim();
        } catch (IOException notLinux) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException nameless) {
                return "localhost";
            }
        }
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException notLinux) {
            return "root".equals(System.getProperty("user.name"));
        }
    }
}
