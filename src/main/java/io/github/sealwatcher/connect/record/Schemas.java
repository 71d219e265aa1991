package io.github.sealwatcher.connect.record;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * The schemas of all records. They are only ever changed by adding optional fields, and then their version goes up. Field
 * names are snake_case without dots, and all types exist in JSON, Avro and Protobuf alike.
 *
 * <p>The order of a key's fields is part of its bytes, and so of partitioning and compaction: it must never change.
 */
final class Schemas {

    private static final String NAMESPACE = "io.github.sealwatcher.";
    private static final Schema TEXT = Schema.OPTIONAL_STRING_SCHEMA;
    private static final Schema FLAG = Schema.OPTIONAL_BOOLEAN_SCHEMA;
    private static final Schema INT = Schema.OPTIONAL_INT32_SCHEMA;
    private static final Schema TIME = Schema.OPTIONAL_INT64_SCHEMA;
    private static final Schema TEXTS = SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA)
            .optional()
            .build();

    static final Schema CONTAINER_KEY = struct("ContainerKey")
            .field("host", Schema.STRING_SCHEMA)
            .field("container_id", Schema.STRING_SCHEMA)
            .build();

    static final Schema HOST_KEY =
            struct("HostKey").field("host", Schema.STRING_SCHEMA).build();

    static final Schema POD = struct("Pod")
            .field("id", Schema.STRING_SCHEMA)
            .field("name", TEXT)
            .optional()
            .build();

    static final Schema ENGINE = struct("Engine")
            .field("type", TEXT)
            .field("version", TEXT)
            .field("api_version", TEXT)
            .field("id", TEXT)
            .field("pid", INT)
            .optional()
            .build();

    static final Schema CONTAINER = container(TEXTS);

    static final Schema CONTAINER_EVENT = containerEvent(CONTAINER, TEXTS);

    static final Schema CONTAINER_STATE = containerState(CONTAINER);

    static final Schema HOST_EVENT = struct("HostEvent")
            .field("host", Schema.STRING_SCHEMA)
            .field("type", TEXT)
            .field("time_ns", TIME)
            .field("reason", TEXT)
            .field("gap_from_ns", TIME)
            .field("gap_to_ns", TIME)
            .field("containers", INT)
            .field("engine", ENGINE)
            .build();

    static final Schema HEARTBEAT = struct("Heartbeat", 2)
            .field("time_ns", TIME)
            .field("host", TEXT)
            .field("connected", FLAG)
            .field("synchronized", FLAG)
            .field("last_event_ns", TIME)
            .field("containers", INT)
            .build();

    private Schemas() {}

    /** @param texts how labels are written */
    static Schema container(Schema texts) {
        return struct("Container")
                .field("id", Schema.STRING_SCHEMA)
                .field("name", TEXT)
                .field("image", TEXT)
                .field("image_id", TEXT)
                .field("labels", texts)
                .field("detail", TEXT)
                .field("pid", INT)
                .field("started_at_ns", TIME)
                .field("paused", FLAG)
                .field("privileged", FLAG)
                .field("infra", FLAG)
                .field("project", TEXT)
                .field("systemd_unit", TEXT)
                .optional()
                .build();
    }

    /** @param texts how the inspect document's copies and the attributes are written */
    static Schema containerEvent(Schema container, Schema texts) {
        return struct("ContainerEvent", 2)
                .field("event_id", Schema.STRING_SCHEMA)
                .field("type", TEXT)
                .field("raw_action", TEXT)
                .field("time_ns", TIME)
                .field("host", Schema.STRING_SCHEMA)
                .field("origin", TEXT)
                .field("container", container)
                .field("pod", POD)
                .field("previous_pod", POD)
                .field("engine", ENGINE)
                .field("exit_code", INT)
                .field("inspect", texts)
                .field("attributes", texts)
                .field("oom_killed", FLAG)
                .build();
    }

    static Schema containerState(Schema container) {
        return struct("ContainerState")
                .field("host", Schema.STRING_SCHEMA)
                .field("status", TEXT)
                .field("since_ns", TIME)
                .field("container", container)
                .field("pod", POD)
                .field("engine", ENGINE)
                .build();
    }

    private static SchemaBuilder struct(String name) {
        return struct(name, 1);
    }

    private static SchemaBuilder struct(String name, int version) {
        return SchemaBuilder.struct().name(NAMESPACE + name).version(version);
    }
}
