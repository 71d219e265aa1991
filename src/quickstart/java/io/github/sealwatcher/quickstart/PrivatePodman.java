package io.github.sealwatcher.quickstart;

import io.github.sealwatcher.testkit.PodmanService;
import java.util.Map;

/** A Podman service that lives as long as the quickstart. */
final class PrivatePodman implements WatchedPodman {
    private final PodmanService service = PodmanService.started();

    @Override
    public String description() {
        return service.uri() + ", private and gone at the end";
    }

    @Override
    public Map<String, String> connectorConfig() {
        return Map.of("podman.hosts", "quickstart=" + service.uri());
    }

    @Override
    public String suggestion() {
        return "podman --url " + service.uri() + " run --rm " + PodmanService.IMAGE + " echo hello";
    }

    @Override
    public String podman(String... arguments) {
        return service.podman(arguments);
    }

    @Override
    public String busyboxImage() {
        return PodmanService.IMAGE;
    }

    @Override
    public void close() {
        service.close();
    }
}
