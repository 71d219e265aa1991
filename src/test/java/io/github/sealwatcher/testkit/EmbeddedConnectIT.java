package io.github.sealwatcher.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedConnectIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void runsAWorkerAndKeepsTopicsOverARestart(@TempDir Path plugins)
            throws ExecutionException, IOException, InterruptedException {
        Set<String> filesBefore = scratchFiles();
        try (EmbeddedKafka kafka = EmbeddedKafka.started();
                EmbeddedConnect connect = EmbeddedConnect.started(kafka.bootstrapServers(), plugins);
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            assertThat(connect.rest().isHealthy()).isTrue();
            admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                    .all()
                    .get();

            kafka.stop();
            kafka.start();

            assertThat(admin.listTopics().names().get()).contains("kept", "connect-offsets");
            Await.until("the worker after the broker's restart", LIMIT, connect.rest()::isHealthy);
        }
        assertThat(scratchFiles()).isEqualTo(filesBefore);
        Await.until("the end of all threads", LIMIT, () -> kafkaThreads().isEmpty());
    }

    @Test
    void offersExactlyOnceWhenAsked(@TempDir Path plugins) {
        try (EmbeddedKafka kafka = EmbeddedKafka.started();
                EmbeddedConnect connect = EmbeddedConnect.started(
                        kafka.bootstrapServers(), plugins, Map.of("exactly.once.source.support", "enabled"))) {
            assertThat(connect.rest().isHealthy()).isTrue();
        }
    }

    private static Set<String> scratchFiles() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(Path::toString)
                    .filter(name -> name.contains("seal-kafka-"))
                    .collect(Collectors.toSet());
        }
    }

    private static Set<String> kafkaThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name ->
                        name.matches("(?i).*(kafka|connect|raft|broker|controller|log-|expiration|data-plane).*"))
                .collect(Collectors.toSet());
    }
}
