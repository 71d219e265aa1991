package io.github.sealwatcher.chaos.checker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sealwatcher.trail.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** What {@code trail ps --at} answers: the user's command, as it is. */
public final class TrailPs implements PastComparison.Ps {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String bootstrapServers;
    private final String prefix;

    public TrailPs(String bootstrapServers, String prefix) {
        this.bootstrapServers = bootstrapServers;
        this.prefix = prefix;
    }

    @Override
    public PastComparison.Answer at(long timeNs) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.run(
                new PrintWriter(out),
                new PrintWriter(err),
                "ps",
                "--at=" + timeNs,
                "--output=json",
                "--prefix=" + prefix,
                "--bootstrap-server=" + bootstrapServers);
        if (status != 0) {
            throw new IllegalStateException("trail ps --at " + timeNs + " ended with " + status + ": " + err);
        }
        Map<String, PastComparison.Row> rows = new TreeMap<>();
        out.toString()
                .lines()
                .map(TrailPs::parsed)
                .forEach(row -> rows.put(row.path("container_id").asText(), row(row)));
        return new PastComparison.Answer(rows, err.toString().contains("is not wholly seen then"));
    }

    private static PastComparison.Row row(JsonNode row) {
        String pod = row.path("pod_id").isNull() ? "" : row.path("pod_id").asText();
        return new PastComparison.Row(
                ConsumedTrail.alive(row.path("status").asText(), pod),
                row.path("certain").asBoolean());
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
