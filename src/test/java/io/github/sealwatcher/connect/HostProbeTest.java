package io.github.sealwatcher.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.engine.EngineException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class HostProbeTest {

    @Test
    void namesHostUriAndRemedyOnTheHostsKey(@TempDir Path directory) {
        String uri = "unix://" + directory.resolve("podman.sock");
        Map<String, String> properties = Map.of("podman.hosts", "edge-1=" + uri);

        List<String> errors = new PodmanSourceConnector()
                .validate(properties).configValues().stream()
                        .filter(value -> !value.errorMessages().isEmpty())
                        .peek(value -> assertThat(value.name()).isEqualTo("podman.hosts"))
                        .map(ConfigValue::errorMessages)
                        .flatMap(List::stream)
                        .toList();

        assertThat(errors)
                .singleElement()
                .asString()
                .contains("host edge-1: " + uri, "there is no such socket", "connection.validate=false");
    }

    @Test
    void asksNoHostIfDisabled(@TempDir Path directory) {
        Map<String, String> properties = Map.of(
                "podman.hosts", "edge-1=unix://" + directory.resolve("podman.sock"), "connection.validate", "false");

        assertThat(new PodmanSourceConnector().validate(properties).configValues())
                .allSatisfy(value -> assertThat(value.errorMessages()).isEmpty());
    }

    @Test
    void reportsTheErrorOfEachBadHostOnly() throws InterruptedException {
        List<String> problems = problems(
                Duration.ofSeconds(5),
                Map.of(
                        "good", new ScriptedEngine(() -> Samples.ENGINE),
                        "docker",
                                new ScriptedEngine(() -> {
                                    throw new EngineException.NotPodman("it isn't Podman");
                                }),
                        "old",
                                new ScriptedEngine(() -> {
                                    throw new EngineException.Unsupported("Podman 3.4 is older than 4.0");
                                })));

        assertThat(problems).hasSize(2);
        assertThat(problems.get(0)).startsWith("host docker: unix:///docker: it isn't Podman");
        assertThat(problems.get(1)).startsWith("host old: unix:///old: Podman 3.4 is older than 4.0");
    }

    /** The hosts never answer: that it returns at all is what the limit is for. */
    @Test
    @Timeout(30)
    void waitsForAllTogetherNoLongerThanItsLimit() throws InterruptedException {
        var never = new CountDownLatch(1);
        ScriptedEngine hanging = new ScriptedEngine(() -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Samples.ENGINE;
        });

        List<String> problems = problems(Duration.ofMillis(300), Map.of("a", hanging, "b", hanging, "c", hanging));

        assertThat(problems)
                .hasSize(3)
                .allSatisfy(problem -> assertThat(problem).contains("no answer within"));
    }

    @Test
    void reportsTheFirstOfManyBadHostsAndTheirNumber() throws InterruptedException {
        Map<String, ScriptedEngine> engines = new HashMap<>();
        for (int i = 0; i < 25; i++) {
            engines.put("h" + i, new ScriptedEngine(() -> {
                throw new EngineException.NotPodman("it isn't Podman");
            }));
        }

        List<String> problems = problems(Duration.ofSeconds(30), engines);

        assertThat(problems).hasSize(21);
        assertThat(problems.get(20)).isEqualTo("and 5 more hosts don't answer as they should");
    }

    @Test
    void hostNotAskedInTimeIsNotAnError() throws InterruptedException {
        var never = new CountDownLatch(1);
        Map<String, ScriptedEngine> engines = new HashMap<>();
        for (int i = 0; i < 128; i++) {
            engines.put("h" + i, new ScriptedEngine(() -> {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return Samples.ENGINE;
            }));
        }
        engines.put("last", new ScriptedEngine(() -> Samples.ENGINE));

        assertThat(problems(Duration.ofMillis(300), engines)).noneMatch(problem -> problem.startsWith("host last:"));
    }

    private static List<String> problems(Duration limit, Map<String, ScriptedEngine> engines)
            throws InterruptedException {
        String hosts = engines.keySet().stream()
                .sorted()
                .map(name -> name + "=unix:///" + name)
                .collect(Collectors.joining(","));
        var probe = new HostProbe(
                (host, described, metrics) -> engines.get(host.name().value()), limit);
        return probe.problems(Samples.config(Map.of("podman.hosts", hosts)).hosts());
    }
}
