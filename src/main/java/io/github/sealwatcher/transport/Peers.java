package io.github.sealwatcher.transport;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXSocket;

/** Finds the process at the other end of a connection. Thread-safe. */
public final class Peers {

    private Peers() {}

    /**
     * The process that listens at the other end of a Unix socket.
     *
     * @return null if it is unknown: over TCP, from within another PID namespace (the kernel gives 0), and when systemd
     *     opened the socket for the service to come (the kernel names the process that called {@code listen})
     */
    public static @Nullable Integer pid(Socket connected) {
        if (!(connected instanceof AFUNIXSocket unix)) {
            return null;
        }
        try {
            long pid = unix.getPeerCredentials().getPid();
            return pid <= 0 || pid > Integer.MAX_VALUE || isSystemd(pid) ? null : (int) pid;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private static boolean isSystemd(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "comm"))
                    .strip()
                    .equals("systemd");
        } catch (IOException e) {
            return false;
        }
    }
}
