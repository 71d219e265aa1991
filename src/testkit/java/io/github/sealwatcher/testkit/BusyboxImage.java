package io.github.sealwatcher.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A small image made of this machine's busybox, static or not: no registry needed. */
public final class BusyboxImage {
    static final String NAME = "localhost/busybox:latest";
    private static final List<String> APPLETS = List.of("sh", "sleep", "true", "false", "echo", "cat", "kill", "ls");
    private static final List<Path> CANDIDATES = List.of(Path.of("/bin/busybox"), Path.of("/usr/bin/busybox"));

    private static final Pattern LIBRARY = Pattern.compile("/\\S+(?= \\(0x)");

    private static @Nullable Path archive;

    private BusyboxImage() {}

    public static void importInto(PodmanLayout podman) {
        podman.podman("import", archive().toString(), NAME);
    }

    /** The image's file system as a tar archive, for {@code podman import}. */
    public static synchronized Path archive() {
        if (archive == null) {
            archive = pack(installed());
        }
        return archive;
    }

    private static Path installed() {
        return CANDIDATES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("No busybox here; on Debian: apt-get install busybox-static"));
    }

    /** A tar archive that lives as long as this JVM. */
    static Path pack(Path busybox) {
        Path directory = ScratchDirectory.create("seal-image-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ScratchDirectory.delete(directory), "delete-image"));
        Path root = directory.resolve("root");
        try {
            copy(busybox, root.resolve("bin/busybox"));
            for (String applet : APPLETS) {
                Files.createSymbolicLink(root.resolve("bin").resolve(applet), Path.of("busybox"));
            }
            for (String library : libraries(busybox)) {
                copy(Path.of(library), root.resolve(library.substring(1)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path tar = directory.resolve("busybox.tar");
        Command.run("tar", "-C", root.toString(), "-cf", tar.toString(), ".");
        return tar;
    }

    /** What the program loads; nothing when it is static. */
    private static List<String> libraries(Path program) {
        try {
            return LIBRARY.matcher(Command.run("ldd", program.toString()))
                    .results()
                    .map(MatchResult::group)
                    .toList();
        } catch (IllegalStateException e) {
            // That is how ldd says "not a dynamic executable".
            return List.of();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }
}
