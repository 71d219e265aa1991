package io.github.sealwatcher.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clears away what JVMs that were killed could not. */
final class Orphans {
    private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);

    private Orphans() {}

    /** Ends the containers of orphaned Podmans and deletes the files of all; never fails. */
    static void remove() {
        for (Path directory : ScratchDirectory.orphans()) {
            try {
                remove(directory);
            } catch (RuntimeException e) {
                LOG.warn("Cannot remove {}, left behind by a process that was killed", directory, e);
            }
        }
    }

    private static void remove(Path directory) {
        PodmanSettings settings = Files.exists(directory.resolve("root").resolve("vfs-containers"))
                ? PodmanSettings.VFS
                : PodmanSettings.PLAIN;
        PodmanRemains.of(new PodmanLayout(directory, settings, PodmanInstallation.ofSuite("")))
                .remove();
    }
}
