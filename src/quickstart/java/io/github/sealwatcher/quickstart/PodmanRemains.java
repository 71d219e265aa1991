package io.github.sealwatcher.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a private Podman leaves on the machine beside its files: containers, their monitors, mounts, a bridge. */
record PodmanRemains(PodmanLayout layout) {
    private static final Logger LOG = LoggerFactory.getLogger(PodmanRemains.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MOUNT_POINT_FIELD = 4;

    static PodmanRemains of(PodmanLayout layout) {
        return new PodmanRemains(layout);
    }

    /** Takes everything away; what Podman cannot remove properly any more is ended and unmounted by force. */
    void remove() {
        if (Files.exists(layout.configuration())) {
            attempt("pod", "rm", "--force", "--all", "--time", "0");
            attempt("rm", "--force", "--all", "--time", "0");
        }
        endProcesses();
        mountPoints().forEach(mount -> Command.run("umount", "--lazy", mount));
        deleteFiles();
    }

    private void attempt(String... arguments) {
        try {
            layout.podman(arguments);
        } catch (IllegalStateException e) {
            LOG.debug("Podman cannot remove everything itself", e);
        }
    }

    private void endProcesses() {
        // Cleanup processes started by conmon are at work for a moment still: let them end by themselves first.
        if (!Await.within(Duration.ofSeconds(2), () -> processes().isEmpty())) {
            processes().forEach(ProcessHandle::destroyForcibly);
            Await.until("the end of " + processes(), LIMIT, () -> processes().isEmpty());
        }
    }

    /** Processes that name the directory on their command line, or whose root file system lies in it. */
    private List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(this::belongs)
                .toList();
    }

    private boolean belongs(ProcessHandle process) {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        String directory = layout.directory() + "/";
        return lines(proc.resolve("cmdline")).anyMatch(line -> line.contains(directory))
                || lines(proc.resolve("mountinfo"))
                        .filter(line -> mountPoint(line).equals("/"))
                        .anyMatch(line -> line.contains(directory));
    }

    /** Deepest first. */
    private List<String> mountPoints() {
        return lines(Path.of("/proc/self/mountinfo"))
                .map(PodmanRemains::mountPoint)
                .filter(mount -> mount.startsWith(layout.directory() + "/"))
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static String mountPoint(String line) {
        return line.split(" ", -1)[MOUNT_POINT_FIELD];
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readString(file).lines();
        } catch (IOException e) {
            // The process has ended in between.
            return Stream.empty();
        }
    }

    private void deleteFiles() {
        try {
            ScratchDirectory.delete(layout.directory());
        } catch (UncheckedIOException e) {
            // Rootless: the files belong to other users of the user namespace.
            layout.podman("unshare", "rm", "-rf", layout.directory().toString());
        }
    }
}
