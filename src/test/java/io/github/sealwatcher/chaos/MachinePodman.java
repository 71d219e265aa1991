package io.github.sealwatcher.chaos;

import io.github.sealwatcher.quickstart.PodmanOptions;
import io.github.sealwatcher.quickstart.PodmanService;
import java.nio.file.Path;

/** This machine's Podman with storage, history and a service of our own. */
final class MachinePodman implements Podman {
    private final PodmanService service;

    MachinePodman(String logSize) {
        service = PodmanService.create(PodmanOptions.DEFAULTS.withEventsLogMaxSize(logSize));
    }

    @Override
    public String run(String... arguments) {
        return service.podman(arguments);
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
