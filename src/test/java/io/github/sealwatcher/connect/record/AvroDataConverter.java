package io.github.sealwatcher.connect.record;

import io.apicurio.registry.serde.avro.NonRecordContainer;
import io.apicurio.registry.utils.converter.avro.AvroData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;

/** Apicurio's conversion to Avro, and Avro's bytes after the number of their schema, as a registry would give it. */
public final class AvroDataConverter implements Converter {
    private static final List<org.apache.avro.Schema> REGISTRY = new CopyOnWriteArrayList<>();

    private final AvroData avro = new AvroData(100);

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        // A registry is all that there is to configure.
    }

    @Override
    public byte[] fromConnectData(String topic, Schema schema, Object value) {
        if (value == null) {
            return null;
        }
        Object data = avro.fromConnectData(schema, value);
        if (data instanceof NonRecordContainer<?> scalar) {
            data = scalar.getValue();
        }
        org.apache.avro.Schema written = avro.fromConnectSchema(schema);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(number(written));
        try {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<>(written).write(data, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new DataException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte[] bytes) {
        return bytes == null ? SchemaAndValue.NULL : read(bytes, REGISTRY.get(bytes[0]));
    }

    /** What whoever knows only another version of the schema reads. */
    SchemaAndValue readAs(byte[] bytes, Schema schema) {
        return read(bytes, avro.fromConnectSchema(schema));
    }

    private SchemaAndValue read(byte[] bytes, org.apache.avro.Schema wanted) {
        try {
            Object data = new GenericDatumReader<>(REGISTRY.get(bytes[0]), wanted)
                    .read(null, DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, null));
            return avro.toConnectData(wanted, data);
        } catch (IOException e) {
            throw new DataException(e);
        }
    }

    private static synchronized int number(org.apache.avro.Schema schema) {
        if (!REGISTRY.contains(schema)) {
            REGISTRY.add(schema);
        }
        return REGISTRY.indexOf(schema);
    }
}
