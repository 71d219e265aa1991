package io.github.sealwatcher.trail.topic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** What JsonConverter writes, with schemas or without. */
public final class JsonFormat implements Format {
    private final JsonFactory factory = new JsonFactory();

    @Override
    public JsonParser key(String topic, byte[] bytes) throws IOException {
        return factory.createParser(bytes);
    }

    @Override
    public JsonParser value(String topic, byte[] bytes) throws IOException {
        return factory.createParser(bytes);
    }
}
