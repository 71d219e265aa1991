package io.github.sealwatcher.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StartWarningsTest {

    @Test
    void warnsAboutAStringConverter() {
        assertThat(StartWarnings.of(
                        Map.of(
                                "key.converter", "org.apache.kafka.connect.json.JsonConverter",
                                "value.converter", "org.apache.kafka.connect.storage.StringConverter"),
                        Samples.machine()))
                .containsExactly(
                        "value.converter is StringConverter, which writes the records as Java's text of a struct:"
                                + " Struct{host=...}, which no program reads back; use org.apache.kafka.connect.json.JsonConverter,"
                                + " or an Avro or Protobuf converter");
    }

    @Test
    void warnsAboutNearMissesWithoutValidation() {
        assertThat(StartWarnings.of(Map.of("ssh.identiy", "/x"), Samples.machine()))
                .containsExactly("Unknown configuration key ssh.identiy is ignored; did you mean ssh.identity?");
    }
}
