package io.github.sealwatcher.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Runs one container to learn which settings a Podman needs on this machine; once in a JVM. */
final class PodmanTrial {
    private static final Map<PodmanInstallation, PodmanSettings> WORKING = new HashMap<>();

    private PodmanTrial() {}

    /**
     * @throws IllegalStateException when no settings work, with what Podman said to each
     */
    static synchronized PodmanSettings workingSettings(PodmanInstallation installation) {
        return WORKING.computeIfAbsent(installation, PodmanTrial::firstWorking);
    }

    private static PodmanSettings firstWorking(PodmanInstallation installation) {
        Orphans.remove();
        StringBuilder complaints = new StringBuilder();
        for (PodmanSettings settings : PodmanSettings.values()) {
            String complaint = complaintAbout(settings, installation);
            if (complaint.isEmpty()) {
                return settings;
            }
            complaints.append('\n').append(settings).append(": ").append(complaint);
        }
        throw new IllegalStateException("Podman cannot run a container on this machine:" + complaints);
    }

    private static String complaintAbout(PodmanSettings settings, PodmanInstallation installation) {
        // A directory apart: the trial must not show in the event history of the service that is tested.
        Path directory = ScratchDirectory.create("seal-trial-");
        PodmanLayout layout = new PodmanLayout(directory, settings, installation);
        PodmanNetwork network = PodmanNetwork.unused(layout.networks());
        try {
            settings.write(layout.configuration(), network, PodmanOptions.DEFAULTS);
            BusyboxImage.importInto(layout);
            layout.podman("run", "--rm", BusyboxImage.NAME, "true");
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        } finally {
            PodmanRemains.of(layout).remove();
        }
    }
}
