package io.github.sealwatcher.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ConvertersTest {

    @Test
    void pointsOutTheConverterThatWritesDebugText() {
        assertThat(Converters.unreadable(Map.of(
                        "value.converter", "org.apache.kafka.connect.storage.StringConverter",
                        "key.converter", "org.apache.kafka.connect.json.JsonConverter")))
                .containsExactly("value.converter");
        assertThat(Converters.unreadable(Map.of())).isEmpty();
    }
}
