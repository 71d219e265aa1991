package io.github.sealwatcher.chaos.checker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sealwatcher.chaos.world.Podman;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is alive by Podman's own word: status and pod by container. */
public final class PodmanPs {
    /** Was told to end, and has not yet. */
    static final String STOPPING = "stopping";

    private static final Set<String> STATES = Set.of("running", "paused", STOPPING);

    private PodmanPs() {}

    public static Map<String, String> in(Podman podman) {
        return rows(podman, "--filter=status=running", "--filter=status=paused");
    }

    /** Those too that are {@value #STOPPING}, for which there is no filter: they neither run nor have they ended. */
    static Map<String, String> withStopping(Podman podman) {
        Map<String, String> rows = rows(podman);
        rows.values().removeIf(row -> STATES.stream().noneMatch(row::startsWith));
        return rows;
    }

    private static Map<String, String> rows(Podman podman, String... filters) {
        String[] command = Stream.concat(Stream.of("ps", "--all", "--no-trunc", "--format=json"), Stream.of(filters))
                .toArray(String[]::new);
        String rows = podman.run(command);
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
