package io.github.sealwatcher.bench.endtoend;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What to measure.
 *
 * @param guarantees {@code false} for at least once, {@code true} for exactly once
 * @param connector settings of the connector and its producer, in place of those that are shipped or beside them
 */
record EndToEndOptions(int number, int runs, List<Boolean> guarantees, Map<String, String> connector) {

    private static final String PRODUCER = "producer.override.";

    /** @param number how many of whatever is measured, if no argument says it */
    static EndToEndOptions parse(List<String> arguments, int number) {
        int runs = 5;
        List<Boolean> guarantees = new ArrayList<>();
        Map<String, String> connector = new HashMap<>();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--runs" -> runs = Integer.parseInt(rest.next());
                case "--exactly-once" -> guarantees.add(true);
                case "--at-least-once" -> guarantees.add(false);
                case "--producer" -> put(connector, PRODUCER, rest.next());
                case "--connector" -> put(connector, "", rest.next());
                default -> number = Integer.parseInt(option);
            }
        }
        return new EndToEndOptions(
                number, runs, guarantees.isEmpty() ? List.of(true, false) : List.copyOf(guarantees), connector);
    }

    private static void put(Map<String, String> settings, String prefix, String setting) {
        int equals = setting.indexOf('=');
        settings.put(prefix + setting.substring(0, equals), setting.substring(equals + 1));
    }

    /** What the connector's producer is set to. */
    Map<String, String> producer() throws IOException {
        Map<String, String> settings = new TreeMap<>();
        shipped("", "").path("config").properties().forEach(setting -> {
            if (setting.getKey().startsWith(PRODUCER)) {
                settings.put(setting.getKey(), setting.getValue().asText());
            }
        });
        return settings;
    }

    /** The shipped connector for these hosts. */
    ObjectNode shipped(String name, String hosts) throws IOException {
        ObjectNode json = (ObjectNode)
                new ObjectMapper().readTree(Path.of("config/podman-source.json").toFile());
        json.put("name", name);
        json.withObject("/config").put("podman.hosts", hosts);
        connector.forEach(json.withObject("/config")::put);
        return json;
    }
}
