package io.github.sealwatcher.connect;

import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Points out a converter that can't carry structs. The worker's own default isn't known to a connector. */
final class Converters {

    private static final Logger LOG = LoggerFactory.getLogger(Converters.class);
    private static final String TEXT = "org.apache.kafka.connect.storage.StringConverter";

    private Converters() {}

    static void warnAboutText(Map<String, String> properties) {
        for (String key : unreadable(properties)) {
            LOG.warn(
                    "{} is StringConverter, which writes a struct as text that no program can read back. Use JsonConverter or"
                            + " a converter for Avro or Protobuf",
                    key);
        }
    }

    static List<String> unreadable(Map<String, String> properties) {
        return List.of("key.converter", "value.converter").stream()
                .filter(key -> TEXT.equals(properties.get(key)))
                .toList();
    }
}
