package io.github.sealwatcher.chaos;

import io.github.sealwatcher.quickstart.PodmanInstallation;
import io.github.sealwatcher.quickstart.PodmanOptions;
import io.github.sealwatcher.quickstart.PodmanService;
import java.nio.file.Path;

/** A Podman with storage, history and a service of our own, this machine's or another Debian release's. */
final class OwnPodman implements Podman {
    private final PodmanService service;

    OwnPodman(String suite, String logSize) {
        service = PodmanService.create(
                PodmanOptions.DEFAULTS.withEventsLogMaxSize(logSize), PodmanInstallation.ofSuite(suite));
    }

    @Override
    public String run(String... arguments) {
        return service.podman(arguments);
    }

    /** Begins a command that goes on until it is destroyed, writing to a file. */
    Process begin(Path output, String... arguments) {
        return service.begin(output, arguments);
    }

    @Override
    public String image() {
        return PodmanService.IMAGE;
    }

    @Override
    public Path socket() {
        return service.socket();
    }

    @Override
    public Path eventsLog() {
        return service.eventsLog();
    }

    @Override
    public boolean isOurs() {
        return true;
    }

    @Override
    public void startService() {
        service.start();
    }

    @Override
    public void terminateService() {
        service.stop();
    }

    @Override
    public void killService() {
        service.kill();
    }

    @Override
    public void close() {
        service.close();
    }
}
