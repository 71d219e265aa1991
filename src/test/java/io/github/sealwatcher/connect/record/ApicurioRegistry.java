package io.github.sealwatcher.connect.record;

import io.github.sealwatcher.testkit.Await;
import io.github.sealwatcher.testkit.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** A schema registry in a process of its own, which keeps everything in memory. */
final class ApicurioRegistry implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI uri;

    private ApicurioRegistry(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** One from what Apicurio distributes, unpacked into that directory. */
    static ApicurioRegistry started(Path home, Path log) throws IOException {
        int port = Ports.free();
        Path jar;
        try (Stream<Path> files = Files.list(home)) {
            jar = files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException(home + " holds no -runner.jar"));
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx300m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-jar",
                        jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var registry = new ApicurioRegistry(process, URI.create("http://127.0.0.1:" + port + "/apis/registry/v2/"));
        Await.until("the registry to answer", Duration.ofSeconds(90), () -> registry.answers());
        return registry;
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the registry has ended with status " + process.exitValue());
        }
        try {
            return get("system/info").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    String url() {
        String text = uri.toString();
        return text.substring(0, text.length() - 1);
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri.resolve(path)).build());
    }

    HttpResponse<String> post(String path, String json) {
        return send(HttpRequest.newBuilder(uri.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
