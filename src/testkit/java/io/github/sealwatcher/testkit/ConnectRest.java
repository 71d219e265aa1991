package io.github.sealwatcher.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** The part of Kafka Connect's REST interface one needs to run a connector. */
public final class ConnectRest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FIRST_ERROR = 400;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int LONGEST_EXCERPT = 1000;

    private final URI uri;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public ConnectRest(URI uri) {
        this.uri = uri;
    }

    public URI uri() {
        return uri;
    }

    /** Whether the worker is up and takes requests. */
    public boolean isHealthy() {
        try {
            return send("GET", "/health", "").statusCode() == OK;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Creates a connector from the usual {@code {"name": …, "config": {…}}}. */
    public JsonNode create(JsonNode connector) {
        return call("POST", "/connectors", connector.toString());
    }

    public JsonNode create(String name, Map<String, String> config) {
        return create(JSON.createObjectNode().put("name", name).set("config", JSON.valueToTree(config)));
    }

    public JsonNode config(String name) {
        return call("GET", "/connectors/" + name + "/config", "");
    }

    /** Creates the connector or replaces its configuration. */
    public JsonNode configure(String name, Map<String, String> config) {
        return call(
                "PUT",
                "/connectors/" + name + "/config",
                JSON.valueToTree(config).toString());
    }

    /** What the connector class says to a configuration, without creating anything. */
    public JsonNode validate(String connectorClass, Map<String, String> config) {
        return call(
                "PUT",
                "/connector-plugins/" + connectorClass + "/config/validate",
                JSON.valueToTree(config).toString());
    }

    /** The status; a missing node for a moment after the connector's creation, and when there is no such connector. */
    public JsonNode status(String name) {
        String path = "/connectors/" + name + "/status";
        HttpResponse<String> response = send("GET", path, "");
        return response.statusCode() == NOT_FOUND ? MissingNode.getInstance() : parsed("GET", path, response);
    }

    /** Whether the connector and at least one task are in {@code state}, and no task is in another. */
    public boolean isIn(String state, String name) {
        JsonNode status = status(name);
        JsonNode tasks = status.path("tasks");
        for (JsonNode task : tasks) {
            if (!task.path("state").asText().equals(state)) {
                return false;
            }
        }
        return !tasks.isEmpty() && status.at("/connector/state").asText().equals(state);
    }

    /** The tasks, each with its configuration. */
    public JsonNode tasks(String name) {
        return call("GET", "/connectors/" + name + "/tasks", "");
    }

    public JsonNode offsets(String name) {
        return call("GET", "/connectors/" + name + "/offsets", "");
    }

    /** Alters the offsets of a stopped connector. */
    public JsonNode alterOffsets(String name, JsonNode offsets) {
        return call("PATCH", "/connectors/" + name + "/offsets", offsets.toString());
    }

    /** Deletes the offsets of a stopped connector. */
    public JsonNode resetOffsets(String name) {
        return call("DELETE", "/connectors/" + name + "/offsets", "");
    }

    public void pause(String name) {
        call("PUT", "/connectors/" + name + "/pause", "");
    }

    public void resume(String name) {
        call("PUT", "/connectors/" + name + "/resume", "");
    }

    public void stop(String name) {
        call("PUT", "/connectors/" + name + "/stop", "");
    }

    /** Restarts the connector and its tasks, failed or not. */
    public void restart(String name) {
        call("POST", "/connectors/" + name + "/restart?includeTasks=true", "");
    }

    public void delete(String name) {
        call("DELETE", "/connectors/" + name, "");
    }

    private JsonNode call(String method, String path, String body) {
        return parsed(method, path, send(method, path, body));
    }

    private static JsonNode parsed(String method, String path, HttpResponse<String> response) {
        if (response.statusCode() >= FIRST_ERROR) {
            throw new IllegalStateException(
                    method + " " + path + " gave " + response.statusCode() + ": " + excerpt(response.body()));
        }
        try {
            return response.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Long enough for a message, too short for the list of all connectors that may follow it. */
    private static String excerpt(String body) {
        return body.length() <= LONGEST_EXCERPT ? body : body.substring(0, LONGEST_EXCERPT) + "…";
    }

    private HttpResponse<String> send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve(path))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while calling " + method + " " + path, e);
        }
    }
}
