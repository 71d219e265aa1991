package io.github.sealwatcher.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a private Podman leaves on the machine beside its files: containers, their monitors, mounts, a bridge. */
record PodmanRemains(PodmanLayout layout) {
    private static final Logger LOG = LoggerFactory.getLogger(PodmanRemains.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
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
        unmount();
        deleteFiles();
    }

    private void unmount() {
        mountPoints().forEach(mount -> layout.installation().run("umount", "--lazy", mount));
    }

    /** Ends all processes without giving any the time to say so, and deletes what a reboot would. */
    void forget(List<String> containers) {
        List<ProcessHandle> all = processes(this::belongs);
        // The monitors first: they would have the ends of their containers written down.
        all.stream().filter(PodmanRemains::isMonitor).forEach(ProcessHandle::destroyForcibly);
        all.forEach(ProcessHandle::destroyForcibly);
        Await.until("the end of all processes", LIMIT, () -> all.stream().noneMatch(ProcessHandle::isAlive));
        unmount();
        List<String> deletion = new ArrayList<>(List.of("rm", "-rf"));
        deletion.add(layout.running().toString());
        deletion.add(layout.temporary().toString());
        for (String id : containers) {
            // Where the OCI runtime, whichever it is, keeps what it knows of a container.
            deletion.add("/run/runc/" + id);
            deletion.add("/run/crun/" + id);
        }
        layout.installation().run(deletion.toArray(String[]::new));
    }

    private static boolean isMonitor(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("/conmon");
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
        Await.within(PATIENCE, () -> processes(this::isAtWork).isEmpty());
        processes(this::belongs).forEach(ProcessHandle::destroyForcibly);
        Await.until(
                "the end of what Podman left",
                LIMIT,
                () -> processes(this::belongs).isEmpty());
    }

    private static List<ProcessHandle> processes(Predicate<Path> wanted) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> wanted.test(Path.of("/proc", Long.toString(process.pid()))))
                .toList();
    }

    /** Is it one of Podman's, for a container; or, by its root file system, a container's own? */
    private boolean isAtWork(Path process) {
        String containers = layout.storage().toString();
        return lines(process.resolve("cmdline")).anyMatch(line -> line.contains(containers))
                || lines(process.resolve("mountinfo"))
                        .filter(line -> mountPoint(line).equals("/"))
                        .anyMatch(line -> line.contains(containers));
    }

    /** As well as those, is it the process that holds the user namespace of a rootless Podman? It ends never. */
    private boolean belongs(Path process) {
        String configuration = "CONTAINERS_CONF=" + layout.configuration();
        return isAtWork(process) || lines(process.resolve("environ")).anyMatch(line -> line.contains(configuration));
    }

    /** Deepest first. */
    private List<String> mountPoints() {
        return layout.installation()
                .run("cat", "/proc/self/mountinfo")
                .lines()
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
            return Files.readString(file, StandardCharsets.ISO_8859_1).lines();
        } catch (IOException e) {
            // The process has ended in between.
            return Stream.empty();
        }
    }

    private void deleteFiles() {
        try {
            ScratchDirectory.delete(layout.directory());
        } catch (UncheckedIOException e) {
            // Rootless: there are files of other users of the user namespace, and to enter it makes new ones of ours.
            layout.podman("unshare", "rm", "-rf", layout.directory().toString());
            endProcesses();
            ScratchDirectory.delete(layout.directory());
        }
    }
}
