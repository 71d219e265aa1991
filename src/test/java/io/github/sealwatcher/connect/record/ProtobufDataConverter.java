package io.github.sealwatcher.connect.record;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;

/**
 * What every converter to Protobuf must do, as none is to be had freely: a struct is a proto3 message with the same field
 * names, an optional scalar has a presence bit, a map is a map. Shows that names, types and nulls fit.
 */
@SuppressWarnings("JavaUtilDate") // Connect's own type of a time
public final class ProtobufDataConverter implements Converter {
    private static final String WRAPPED = "value";
    private static final List<Schema> REGISTRY = new ArrayList<>();

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        // A registry is all that there is to configure.
    }

    @Override
    public byte[] fromConnectData(String topic, Schema schema, Object value) {
        if (value == null) {
            return null;
        }
        Struct struct = value instanceof Struct whole ? whole : new Struct(wrapper(schema)).put(WRAPPED, value);
        byte[] message = message(descriptor(struct.schema()), struct).toByteArray();
        byte[] bytes = new byte[message.length + 1];
        bytes[0] = (byte) number(struct.schema());
        System.arraycopy(message, 0, bytes, 1, message.length);
        return bytes;
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte[] bytes) {
        if (bytes == null) {
            return SchemaAndValue.NULL;
        }
        Schema schema = REGISTRY.get(bytes[0]);
        try {
            DynamicMessage message = DynamicMessage.newBuilder(descriptor(schema))
                    .mergeFrom(bytes, 1, bytes.length - 1)
                    .build();
            Struct struct = struct(schema, message);
            return schema.name() == null && schema.field(WRAPPED) != null
                    ? new SchemaAndValue(schema.field(WRAPPED).schema(), struct.get(WRAPPED))
                    : new SchemaAndValue(schema, struct);
        } catch (InvalidProtocolBufferException e) {
            throw new DataException(e);
        }
    }

    private static Schema wrapper(Schema schema) {
        return SchemaBuilder.struct().field(WRAPPED, schema).build();
    }

    private static Message message(Descriptor type, Struct struct) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        for (Field field : struct.schema().fields()) {
            Object value = struct.get(field);
            FieldDescriptor to = type.findFieldByName(field.name());
            if (value instanceof Struct inner) {
                message.setField(to, message(to.getMessageType(), inner));
            } else if (value instanceof Map<?, ?> map) {
                map.forEach((key, entry) -> message.addRepeatedField(to, entry(to.getMessageType(), key, entry)));
            } else if (value instanceof Date date) {
                message.setField(to, date.getTime());
            } else if (value != null) {
                message.setField(to, value);
            }
        }
        return message.build();
    }

    private static Message entry(Descriptor type, Object key, Object value) {
        return DynamicMessage.newBuilder(type)
                .setField(type.findFieldByName("key"), key)
                .setField(type.findFieldByName("value"), value)
                .build();
    }

    private static Struct struct(Schema schema, Message message) {
        Struct struct = new Struct(schema);
        for (Field field : schema.fields()) {
            FieldDescriptor from = message.getDescriptorForType().findFieldByName(field.name());
            if (field.schema().type() == Schema.Type.MAP) {
                Map<Object, Object> map = new HashMap<>();
                for (int i = 0; i < message.getRepeatedFieldCount(from); i++) {
                    Message entry = (Message) message.getRepeatedField(from, i);
                    map.put(value(entry, "key"), value(entry, "value"));
                }
                // Protobuf doesn't tell an empty map from none.
                struct.put(field, map.isEmpty() && field.schema().isOptional() ? null : map);
            } else if (message.hasField(from) || !field.schema().isOptional()) {
                struct.put(field, back(field.schema(), message.getField(from)));
            }
        }
        return struct;
    }

    private static Object back(Schema schema, Object value) {
        if (schema.type() == Schema.Type.STRUCT) {
            return struct(schema, (Message) value);
        }
        return Timestamp.LOGICAL_NAME.equals(schema.name()) ? new Date((Long) value) : value;
    }

    private static Object value(Message message, String field) {
        return message.getField(message.getDescriptorForType().findFieldByName(field));
    }

    private static Descriptor descriptor(Schema schema) {
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setSyntax("proto3")
                .addMessageType(type("Record", schema))
                .build();
        try {
            return FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName("Record");
        } catch (DescriptorValidationException e) {
            throw new DataException(e);
        }
    }

    private static DescriptorProto type(String name, Schema schema) {
        DescriptorProto.Builder type = DescriptorProto.newBuilder().setName(name);
        for (Field field : schema.fields()) {
            FieldDescriptorProto.Builder to = FieldDescriptorProto.newBuilder()
                    .setName(field.name())
                    .setNumber(field.index() + 1)
                    .setLabel(Label.LABEL_OPTIONAL);
            Schema of = field.schema();
            if (of.type() == Schema.Type.STRUCT) {
                type.addNestedType(type(inner(field), of));
                to.setType(Type.TYPE_MESSAGE).setTypeName(inner(field));
            } else if (of.type() == Schema.Type.MAP) {
                Schema entry = SchemaBuilder.struct()
                        .field("key", of.keySchema())
                        .field("value", of.valueSchema())
                        .build();
                DescriptorProto.Builder map = type(inner(field), entry).toBuilder();
                map.getOptionsBuilder().setMapEntry(true);
                type.addNestedType(map);
                to.setLabel(Label.LABEL_REPEATED).setType(Type.TYPE_MESSAGE).setTypeName(inner(field));
            } else {
                to.setType(scalar(of));
                if (of.isOptional()) {
                    to.setProto3Optional(true).setOneofIndex(type.getOneofDeclCount());
                    type.addOneofDeclBuilder().setName("_" + field.name());
                }
            }
            type.addField(to);
        }
        return type.build();
    }

    /** As Protobuf names the entries of a map. */
    private static String inner(Field field) {
        StringBuilder name = new StringBuilder();
        for (String word : field.name().split("_", -1)) {
            name.append(word.isEmpty() ? "" : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.append("Entry").toString();
    }

    private static Type scalar(Schema schema) {
        return switch (schema.type()) {
            case INT8, INT16, INT32 -> Type.TYPE_INT32;
            case INT64 -> Type.TYPE_INT64;
            case BOOLEAN -> Type.TYPE_BOOL;
            case STRING -> Type.TYPE_STRING;
            case FLOAT32 -> Type.TYPE_FLOAT;
            case FLOAT64 -> Type.TYPE_DOUBLE;
            case BYTES -> Type.TYPE_BYTES;
            case ARRAY, MAP, STRUCT -> throw new DataException("no scalar: " + schema.type());
        };
    }

    private static synchronized int number(Schema schema) {
        if (!REGISTRY.contains(schema)) {
            REGISTRY.add(schema);
        }
        return REGISTRY.indexOf(schema);
    }
}
