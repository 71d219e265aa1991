package io.github.sealwatcher.connect.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.HostEvent;
import io.github.sealwatcher.trail.event.StateRow;
import io.github.sealwatcher.trail.event.TrailRecord;
import io.github.sealwatcher.trail.topic.ConverterFormat;
import io.github.sealwatcher.trail.topic.Format;
import io.github.sealwatcher.trail.topic.JsonFormat;
import io.github.sealwatcher.trail.topic.Kind;
import io.github.sealwatcher.trail.topic.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether converters carry every kind of record, and whether the trail reader reads what they write. */
class ConvertersTest {
    private static final Map<String, String> SCHEMAS = Map.of("schemas.enable", "true");
    private static final Map<String, String> BARE = Map.of("schemas.enable", "false");

    static Stream<Arguments> converters() {
        return Stream.of("map", "json")
                .flatMap(format -> Stream.of(
                        Arguments.of(JsonConverter.class, SCHEMAS, format),
                        Arguments.of(JsonConverter.class, BARE, format),
                        Arguments.of(AvroDataConverter.class, Map.of(), format),
                        Arguments.of(ProtobufDataConverter.class, Map.of(), format)));
    }

    @ParameterizedTest
    @MethodSource("converters")
    void convertersRoundTrip(Class<? extends Converter> type, Map<String, String> config, String format)
            throws ReflectiveOperationException {
        for (SourceRecord record : TransformationsTest.records(format).values()) {
            byte[] key =
                    converter(type, config, true).fromConnectData(record.topic(), record.keySchema(), record.key());
            byte[] value = converter(type, config, false)
                    .fromConnectData(record.topic(), record.valueSchema(), record.value());
            SchemaAndValue keyBack = converter(type, config, true).toConnectData(record.topic(), key);
            SchemaAndValue valueBack = converter(type, config, false).toConnectData(record.topic(), value);
            if (!config.equals(BARE)) {
                assertThat(text(keyBack.value())).isEqualTo(text(record.key()));
                assertThat(text(valueBack.value())).isEqualTo(text(record.value()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("converters")
    void trailReaderReadsIt(Class<? extends Converter> type, Map<String, String> config, String format)
            throws ReflectiveOperationException {
        readBy(new ConverterFormat(type.getName(), type.getName(), config), type, config, format);
        if (type == JsonConverter.class) {
            readBy(new JsonFormat(), type, config, format);
        }
    }

    private static void readBy(
            Format reader, Class<? extends Converter> type, Map<String, String> config, String format)
            throws ReflectiveOperationException {
        RecordDecoder decoder = new RecordDecoder(reader);
        Map<String, SourceRecord> records = TransformationsTest.records(format);
        TrailRecord event = decoder.decode(Kind.EVENTS, written(records.get("events"), type, config));
        assertThat(event)
                .isInstanceOfSatisfying(
                        ContainerEvent.class,
                        read -> assertThat(read.headers().digest()).isNotNull().isEqualTo(read.digest()));
        assertThat(decoder.decode(Kind.STATE, written(records.get("state"), type, config)))
                .isInstanceOfSatisfying(
                        StateRow.class, row -> assertThat(row.status()).isEqualTo("running"));
        assertThat(decoder.decode(Kind.STATE, written(records.get("state, null"), type, config)))
                .isInstanceOfSatisfying(
                        StateRow.class, row -> assertThat(row.status()).isNull());
        assertThat(decoder.decode(Kind.HOSTS, written(records.get("host events"), type, config)))
                .isInstanceOfSatisfying(
                        HostEvent.class, host -> assertThat(host.type()).isEqualTo("synchronized"));
        assertThat(decoder.decode(Kind.HEARTBEAT, written(records.get("heartbeat"), type, config)))
                .isInstanceOf(HostEvent.class);
    }

    /** A reader of before and one of after a field was added both read either. */
    @Test
    void schemaGrowsByOptionalFieldsBothWays() {
        SourceRecord record = TransformationsTest.records("map").get("events");
        Struct value = (Struct) record.value();
        SchemaBuilder grown = SchemaBuilder.struct().name(value.schema().name()).version(99);
        value.schema().fields().forEach(field -> grown.field(field.name(), field.schema()));
        Schema later = grown.field("later", Schema.OPTIONAL_STRING_SCHEMA).build();
        Struct written = new Struct(later).put("later", "something");
        value.schema().fields().forEach(field -> written.put(field.name(), value.get(field)));

        AvroDataConverter avro = new AvroDataConverter();
        Struct old = (Struct) avro.readAs(avro.fromConnectData("t", later, written), value.schema())
                .value();
        assertThat(text(old)).isEqualTo(text(value));
        Struct fresh = (Struct) avro.readAs(avro.fromConnectData("t", value.schema(), value), later)
                .value();
        assertThat(fresh.get("later")).isNull();
        assertThat(fresh.get("event_id")).isEqualTo(value.get("event_id"));
    }

    static Converter converter(Class<? extends Converter> type, Map<String, String> config, boolean key)
            throws ReflectiveOperationException {
        Converter converter = type.getDeclaredConstructor().newInstance();
        converter.configure(config, key);
        return converter;
    }

    private static ConsumerRecord<byte[], byte[]> written(
            SourceRecord record, Class<? extends Converter> type, Map<String, String> config)
            throws ReflectiveOperationException {
        byte[] key = converter(type, config, true).fromConnectData(record.topic(), record.keySchema(), record.key());
        byte[] value =
                converter(type, config, false).fromConnectData(record.topic(), record.valueSchema(), record.value());
        Headers headers = new RecordHeaders();
        record.headers()
                .forEach(header ->
                        headers.add(header.key(), header.value().toString().getBytes(StandardCharsets.UTF_8)));
        return new ConsumerRecord<>(
                record.topic(),
                0,
                0,
                record.timestamp(),
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                value,
                headers,
                Optional.empty());
    }

    /** By value: a converter brings back schemas that differ in what doesn't matter. An empty map counts as none. */
    static String text(Object value) {
        if (value instanceof Struct struct) {
            StringBuilder text = new StringBuilder("{");
            for (Field field : struct.schema().fields()) {
                text.append(field.name())
                        .append('=')
                        .append(text(struct.get(field)))
                        .append(' ');
            }
            return text.append('}').toString();
        }
        return value instanceof Map<?, ?> map && map.isEmpty() ? "null" : String.valueOf(value);
    }
}
