package io.github.sealwatcher.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sealwatcher.testkit.Await;
import io.github.sealwatcher.testkit.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** A real Prometheus with the shipped alert rules, which asks one exporter every five seconds. */
final class Prometheus implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path RULES = Path.of("config/monitoring/prometheus-alerts.yml");

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = Ports.free();
    private final Process process;

    /** Returns when it answers. */
    Prometheus(int exporterPort, Path directory) throws IOException {
        Path configuration = directory.resolve("prometheus.yml");
        Files.writeString(configuration, """
            global: { scrape_interval: 5s, scrape_timeout: 5s, evaluation_interval: 1s }
            rule_files: [ "%s" ]
            scrape_configs:
              - job_name: connect
                static_configs: [ { targets: [ "127.0.0.1:%d" ] } ]
            """.formatted(RULES.toAbsolutePath(), exporterPort));
        process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + configuration.toAbsolutePath(),
                        "--storage.tsdb.path=" + directory.resolve("prometheus"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
        Await.until("Prometheus to be ready; see " + directory, Duration.ofSeconds(30), this::isReady);
    }

    /** The state of each alert that isn't inactive: {@code pending} or {@code firing}. */
    Map<String, String> alerts() {
        Map<String, String> states = new TreeMap<>();
        for (JsonNode alert : get("/api/v1/alerts").at("/data/alerts")) {
            states.merge(
                    alert.at("/labels/alertname").asText(),
                    alert.path("state").asText(),
                    (one, two) -> one.equals("firing") ? one : two);
        }
        return states;
    }

    /** How many series a query returns now. */
    int series(String query) {
        JsonNode answer = get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        if (!answer.path("status").asText().equals("success")) {
            throw new IllegalStateException(query + ": " + answer);
        }
        return answer.at("/data/result").size();
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException("Prometheus ended at once");
        }
        try {
            return send("/-/ready").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private JsonNode get(String path) {
        try {
            return JSON.readTree(send(path).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
