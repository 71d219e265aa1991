package io.github.sealwatcher.connect.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apicurio.registry.utils.converter.AvroConverter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Apicurio's Avro converter with a real registry: bin/avro-registry fetches it and runs this. */
@EnabledIfSystemProperty(named = "apicurio.home", matches = ".+")
class AvroRegistryTest {

    @TempDir
    private static Path directory;

    private static ApicurioRegistry registry;

    @BeforeAll
    static void start() throws IOException {
        registry = ApicurioRegistry.started(
                Path.of(System.getProperty("apicurio.home")), directory.resolve("registry.log"));
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"map", "json"})
    void eachRecordRoundTrips(String format) {
        for (SourceRecord record : TransformationsTest.records(format).values()) {
            String topic = format + '.' + record.topic();
            assertRoundTrip(converter(true), topic, record.keySchema(), record.key());
            assertRoundTrip(converter(false), topic, record.valueSchema(), record.value());
        }
    }

    private static void assertRoundTrip(Converter converter, String topic, Schema schema, Object value) {
        byte[] bytes = converter.fromConnectData(topic, schema, value);
        SchemaAndValue back = converter.toConnectData(topic, bytes);
        assertThat(ConvertersTest.text(back.value())).isEqualTo(ConvertersTest.text(value));
    }

    @Test
    void registryTakesAnOptionalFieldAndRefusesARequiredOne() {
        SourceRecord record = TransformationsTest.records("map").get("events");
        Struct value = (Struct) record.value();
        Converter converter = converter(false);
        converter.fromConnectData("grows", value.schema(), value);
        assertThat(registry.post(
                                "groups/default/artifacts/grows-value/rules",
                                "{\"type\":\"COMPATIBILITY\",\"config\":\"FULL\"}")
                        .statusCode())
                .isEqualTo(204);

        byte[] grown = write(converter, grown(value, Schema.OPTIONAL_STRING_SCHEMA));
        Struct back = (Struct) converter(false).toConnectData("grows", grown).value();
        assertThat(back.get("later")).isEqualTo("something");
        assertThat(back.get("event_id")).isEqualTo(value.get("event_id"));
        assertThat(registry.get("groups/default/artifacts/grows-value/versions").body())
                .contains("\"count\":2");

        assertThatThrownBy(() -> write(converter, grown(value, Schema.STRING_SCHEMA)))
                .hasStackTraceContaining("RuleViolationException");
    }

    private static byte[] write(Converter converter, Struct value) {
        return converter.fromConnectData("grows", value.schema(), value);
    }

    /** The same with one field more. */
    private static Struct grown(Struct value, Schema type) {
        SchemaBuilder grown = SchemaBuilder.struct().name(value.schema().name()).version(99);
        value.schema().fields().forEach(field -> grown.field(field.name(), field.schema()));
        Struct more = new Struct(grown.field("later", type).build()).put("later", "something");
        value.schema().fields().forEach(field -> more.put(field.name(), value.get(field)));
        return more;
    }

    private static Converter converter(boolean key) {
        var converter = new AvroConverter<Object>();
        converter.configure(
                Map.of("apicurio.registry.url", registry.url(), "apicurio.registry.auto-register", "true"), key);
        return converter;
    }
}
