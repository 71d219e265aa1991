package io.github.sealwatcher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A {@link ServedHistory} in a process of its own, so that its processor time isn't counted. */
final class ServedPodman implements AutoCloseable {

    private final Path folder;
    private final Path socket;
    private final Process process;

    /** Returns when it listens. */
    ServedPodman(Workload workload, int events) throws IOException {
        folder = Files.createTempDirectory("bench");
        socket = folder.resolve("podman.sock");
        process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServedHistory.class.getName(),
                        socket.toString(),
                        workload.name(),
                        String.valueOf(events))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.getInputStream().read() < 0) {
            throw new IllegalStateException("the served Podman didn't start");
        }
    }

    Path socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
        Files.deleteIfExists(socket);
        Files.delete(folder);
    }
}
