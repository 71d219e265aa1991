package io.github.sealwatcher.connect.record;

import static io.github.sealwatcher.connect.Samples.NOW_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.connect.Samples;
import io.github.sealwatcher.connect.config.PodmanConfig;
import io.github.sealwatcher.host.HostEmission;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.watch.Emission;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class SchemasTest {

    private static final Set<String> IDENTITY = Set.of("host", "container_id", "event_id", "id");

    @Test
    void allFieldsButTheIdentityAreOptional() throws IllegalAccessException {
        for (Schema schema : all()) {
            for (org.apache.kafka.connect.data.Field field : schema.fields()) {
                assertThat(field.schema().isOptional() || IDENTITY.contains(field.name()))
                        .as(schema.name() + "." + field.name())
                        .isTrue();
                assertThat(field.name()).matches("[a-z_]+");
            }
        }
    }

    @Test
    void allAreNamedAndVersioned() throws IllegalAccessException {
        List<Schema> schemas = all();

        assertThat(schemas).hasSize(9).allSatisfy(schema -> {
            assertThat(schema.name()).startsWith("io.github.sealwatcher.");
            assertThat(schema.version()).isBetween(1, 2);
        });
        assertThat(schemas).extracting(Schema::name).doesNotHaveDuplicates();
    }

    @Test
    void survivesJsonWithSchemas() {
        try (JsonConverter converter = converter(true)) {
            for (SourceRecord record : records()) {
                byte[] json = converter.fromConnectData(record.topic(), record.valueSchema(), record.value());
                SchemaAndValue back = converter.toConnectData(record.topic(), json);

                assertThat(back.value()).isEqualTo(record.value());
                assertThat(back.schema()).isEqualTo(record.valueSchema());
            }
        }
    }

    @Test
    void survivesJsonWithoutSchemas() {
        try (JsonConverter converter = converter(false)) {
            SourceRecord event = records().get(2);
            byte[] json = converter.fromConnectData(event.topic(), event.valueSchema(), event.value());
            Map<?, ?> back =
                    (Map<?, ?>) converter.toConnectData(event.topic(), json).value();

            assertThat(back.get("type")).isEqualTo("start");
            assertThat(back.get("time_ns")).isEqualTo(NOW_NS);
            assertThat(((Map<?, ?>) back.get("container")).get("labels")).isInstanceOf(Map.class);
        }
    }

    private static List<SourceRecord> records() {
        PodmanConfig config = Samples.config(Map.of("podman.hosts", "edge-1=unix:///x"));
        var mapper = new BatchMapper(
                List.of(Samples.trail(config, null)),
                new RecordMapper(config.topics(), new RecordTimes(() -> NOW_NS / 1_000_000)));
        var emission = new Emission(
                Samples.ENGINE,
                List.of(HostChange.synced(NOW_NS, 3)),
                List.of(Samples.started(), Samples.died()),
                NOW_NS,
                Samples.checkpoint(NOW_NS));
        var heartbeat = new Emission(null, List.of(), List.of(), NOW_NS, Samples.checkpoint(NOW_NS));
        return mapper.map(List.of(HostEmission.of(Samples.EDGE, emission), HostEmission.of(Samples.EDGE, heartbeat)));
    }

    private static JsonConverter converter(boolean schemas) {
        var converter = new JsonConverter();
        converter.configure(Map.of("schemas.enable", schemas), false);
        return converter;
    }

    private static List<Schema> all() throws IllegalAccessException {
        List<Schema> schemas = new ArrayList<>();
        for (Field field : Schemas.class.getDeclaredFields()) {
            field.setAccessible(true);
            if (field.get(null) instanceof Schema schema && schema.name() != null) {
                schemas.add(schema);
            }
        }
        return schemas;
    }
}
