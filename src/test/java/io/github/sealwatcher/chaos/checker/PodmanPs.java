package io.github.sealwatcher.chaos.checker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sealwatcher.chaos.world.Podman;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** What is alive by Podman's own word: status and pod by container. */
public final class PodmanPs {
    private PodmanPs() {}

    public static Map<String, String> in(Podman podman) {
        String rows = podman.run(
                "ps", "--all", "--no-trunc", "--filter=status=running", "--filter=status=paused", "--format=json");
        Map<String, String> alive = new TreeMap<>();
        try {
            for (JsonNode row : new ObjectMapper().readTree(rows)) {
                alive.put(
                        row.path("Id").asText(),
                        ConsumedTrail.alive(
                                row.path("State").asText(), row.path("Pod").asText()));
            }
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        return alive;
    }
}
