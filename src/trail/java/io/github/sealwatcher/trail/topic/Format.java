package io.github.sealwatcher.trail.topic;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** How keys and values are written: gives a parser that reads them like JSON. */
public interface Format {
    /** Of a key. */
    JsonParser key(String topic, byte[] bytes) throws IOException;

    /** Of a value. */
    JsonParser value(String topic, byte[] bytes) throws IOException;
}
