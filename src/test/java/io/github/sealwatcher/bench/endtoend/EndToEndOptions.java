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

/**
 * What to measure.
 *
 * @param guarantees {@code false} for at least once, {@code true} for exactly once
 * @param producer settings of the worker's producers
 * @param connector settings of the connector, beside those that are shipped
 */
record EndToEndOptions(
        int number, int runs, List<Boolean> guarantees, Map<String, String> producer, Map<String, String> connector) {

    /** @param number how many of whatever is measured, if no argument says it */
    static EndToEndOptions parse(List<String> arguments, int number) {
        int runs = 5;
        List<Boolean> guarantees = new ArrayList<>();
        Map<String, String> producer = new HashMap<>();
        Map<String, String> connector = new HashMap<>();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--runs" -> runs = Integer.parseInt(rest.next());
                case "--exactly-once" -> guarantees.add(true);
                case "--at-least-once" -> guarantees.add(false);
                case "--producer" -> put(producer, "producer.", rest.next());
                case "--connector" -> put(connector, "", rest.next());
                default -> number = Integer.parseInt(option);
            }
        }
        return new EndToEndOptions(
                number,
                runs,
                guarantees.isEmpty() ? List.of(true, false) : List.copyOf(guarantees),
                producer,
                connector);
    }

    private static void put(Map<String, String> settings, String prefix, String setting) {
        int equals = setting.indexOf('=');
        settings.put(prefix + setting.substring(0, equals), setting.substring(equals + 1));
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
