package io.github.sealwatcher.connect;

import io.github.sealwatcher.connect.config.HostsConfig;
import io.github.sealwatcher.connect.config.UnknownKeys;
import io.github.sealwatcher.engine.podman.LocalHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;

/** What a configuration can mean, but hardly does. Logged once, when the connector starts. */
final class StartWarnings {

    private static final String STRING_CONVERTER = "org.apache.kafka.connect.storage.StringConverter";

    private StartWarnings() {}

    static void log(Logger log, Map<String, String> properties, LocalHost localHost) {
        of(properties, localHost).forEach(log::warn);
    }

    static List<String> of(Map<String, String> properties, LocalHost localHost) {
        List<String> warnings = new ArrayList<>();
        UnknownKeys.nearMisses(properties, localHost)
                .forEach((key, meant) ->
                        warnings.add("Unknown configuration key " + key + " is ignored; did you mean " + meant + "?"));
        String inventory = HostsConfig.inventoryWarning(properties);
        if (inventory != null) {
            warnings.add(inventory);
        }
        for (String converter : List.of("key.converter", "value.converter")) {
            // A connector can't read its worker's default.
            if (STRING_CONVERTER.equals(properties.get(converter))) {
                warnings.add(converter + " is StringConverter, which writes the records as Java's text of a struct:"
                        + " Struct{host=...}, which no program reads back; use org.apache.kafka.connect.json.JsonConverter,"
                        + " or an Avro or Protobuf converter");
            }
        }
        return warnings;
    }
}
