package io.github.sealwatcher.trail.topic;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/** What any converter of Connect writes, Avro for instance; the converter must be on the class path. */
public final class ConverterFormat implements Format {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Converter keys;
    private final Converter values;

    /**
     * One that reads what these write.
     *
     * @param config the converters' settings, as a worker's file has them, without {@code key.converter.} before them
     * @throws IllegalArgumentException if there is no such class, or it is no converter
     */
    public ConverterFormat(String keyConverter, String valueConverter, Map<String, String> config) {
        keys = converter(keyConverter, config, true);
        values = converter(valueConverter, config, false);
    }

    @Override
    public JsonParser key(String topic, byte[] bytes) throws IOException {
        return read(keys, topic, bytes);
    }

    @Override
    public JsonParser value(String topic, byte[] bytes) throws IOException {
        return read(values, topic, bytes);
    }

    private static JsonParser read(Converter converter, String topic, byte[] bytes) throws IOException {
        try {
            return node(converter.toConnectData(topic, bytes).value()).traverse();
        } catch (DataException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static JsonNode node(@Nullable Object value) {
        if (value instanceof Struct struct) {
            ObjectNode node = NODES.objectNode();
            for (Field field : struct.schema().fields()) {
                node.set(field.name(), node(struct.get(field)));
            }
            return node;
        } else if (value instanceof Map<?, ?> map) {
            ObjectNode node = NODES.objectNode();
            map.forEach((key, entry) -> node.set(String.valueOf(key), node(entry)));
            return node;
        } else if (value instanceof Number number) {
            return NODES.numberNode(number.longValue());
        } else if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        }
        return value == null ? NODES.nullNode() : NODES.textNode(value.toString());
    }

    private static Converter converter(String name, Map<String, String> config, boolean key) {
        try {
            Converter converter = Class.forName(name)
                    .asSubclass(Converter.class)
                    .getConstructor()
                    .newInstance();
            converter.configure(config, key);
            return converter;
        } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
            throw new IllegalArgumentException(
                    "cannot use the converter " + name + " (" + e
                            + "): name a Connect converter, and put its jars on the class path with TRAIL_CLASSPATH",
                    e);
        }
    }
}
