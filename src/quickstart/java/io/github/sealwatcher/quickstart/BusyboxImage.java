package io.github.sealwatcher.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A two-megabyte image made of this machine's static busybox: no registry needed. */
final class BusyboxImage {
    static final String NAME = "localhost/busybox:latest";
    private static final List<String> APPLETS = List.of("sh", "sleep", "true", "false", "echo", "cat", "kill", "ls");
    private static final List<Path> CANDIDATES = List.of(Path.of("/bin/busybox"), Path.of("/usr/bin/busybox"));

    private BusyboxImage() {}

    static void importInto(PodmanLayout podman) {
        podman.podman("import", Once.ARCHIVE.toString(), NAME);
    }

    /** The image's file system as a tar archive, for {@code podman import}. */
    static Path archive() {
        return Once.ARCHIVE;
    }

    private static Path pack() {
        Path busybox = CANDIDATES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("No busybox here; on Debian: apt-get install busybox-static"));
        Path directory = ScratchDirectory.create("seal-image-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ScratchDirectory.delete(directory), "delete-image"));
        try {
            Path bin = Files.createDirectories(directory.resolve("bin"));
            Files.copy(busybox, bin.resolve("busybox"));
            for (String applet : APPLETS) {
                Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path archive = directory.resolve("busybox.tar");
        Command.run("tar", "-C", directory.toString(), "-cf", archive.toString(), "bin");
        return archive;
    }

    private static final class Once {
        static final Path ARCHIVE = pack();
    }
}
