package io.github.sealwatcher.engine.podman;

import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.transport.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The machine that this runs on, as far as it decides where an unnamed Podman is found and how an unnamed host is called.
 *
 * @param hostName this machine's host name
 * @param root whether this process runs as root
 * @param containerHost the environment's {@code CONTAINER_HOST}; null if unset
 * @param runtimeDirectory the environment's {@code XDG_RUNTIME_DIR}; null if unset
 */
public record LocalHost(
        String hostName,
        boolean root,
        @Nullable String containerHost,
        @Nullable String runtimeDirectory) {

    private static final String ROOTFUL = "unix:///run/podman/podman.sock";
    private static final Pattern NOT_IN_A_NAME = Pattern.compile("[^A-Za-z0-9._-]");
    private static final int LONGEST_NAME = 249;

    /** This machine. */
    public static LocalHost local() {
        Map<String, String> environment = System.getenv();
        return new LocalHost(
                localHostName(), isRoot(), environment.get("CONTAINER_HOST"), environment.get("XDG_RUNTIME_DIR"));
    }

    /** Where Podman's own clients would look. */
    public String podmanUri() {
        if (containerHost != null && !containerHost.isBlank()) {
            return containerHost.trim();
        }
        return root || runtimeDirectory == null || runtimeDirectory.isBlank()
                ? ROOTFUL
                : "unix://" + runtimeDirectory + "/podman/podman.sock";
    }

    /** The name of a host that was given none: that of the machine at its address, which for a local socket is this one. */
    public HostName nameOf(Address address) {
        String host = switch (address.kind()) {
            case UNIX -> hostName;
            case TCP -> ((Address.Tcp) address).host();
            case TLS -> ((Address.Tls) address).host();
            case SSH -> ((Address.Ssh) address).host();
        };
        String name = NOT_IN_A_NAME.matcher(host).replaceAll("-");
        return new HostName(name.substring(0, Math.min(name.length(), LONGEST_NAME)));
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
