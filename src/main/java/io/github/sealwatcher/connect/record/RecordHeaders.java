package io.github.sealwatcher.connect.record;

import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.model.Origin;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;
import org.jspecify.annotations.Nullable;

/** The headers of records. Those with few values are made once and shared. One thread. */
final class RecordHeaders {

    private static final String HOST = "podman.host";
    private static final String TYPE = "podman.event.type";
    private static final String ID = "podman.event.id";
    private static final String ORIGIN = "podman.origin";
    private static final String TRUNCATED = "podman.truncated";
    private static final String DIGEST = "podman.digest";
    /** A type can be an action of which nobody has heard; those are too rare to be kept. */
    private static final int MAX_TYPES = 64;

    private static final Map<Origin, Header> ORIGINS = new EnumMap<>(Origin.class);

    static {
        for (Origin origin : Origin.values()) {
            ORIGINS.put(origin, header(ORIGIN, WireNames.of(origin)));
        }
    }

    private final Map<String, Header> types = new HashMap<>();

    /** The header that all records of a host have. */
    static Header host(HostName host) {
        return header(HOST, host.value());
    }

    /**
     * Of a record that is no event's.
     *
     * @param host the {@linkplain #host header} of its host
     */
    ConnectHeaders of(Header host, String type) {
        ConnectHeaders headers = new ConnectHeaders();
        headers.add(host);
        headers.add(type(type));
        return headers;
    }

    /** Of a record of an event. */
    ConnectHeaders of(Header host, String type, Header id, Origin origin) {
        ConnectHeaders headers = of(host, type);
        headers.add(id);
        headers.add(ORIGINS.get(origin));
        return headers;
    }

    static Header id(String eventId) {
        return header(ID, eventId);
    }

    /** @param what null if nothing was */
    static void truncated(ConnectHeaders headers, @Nullable String what) {
        if (what != null) {
            headers.add(TRUNCATED, what, Schema.STRING_SCHEMA);
        }
    }

    static void digest(ConnectHeaders headers, String digest) {
        headers.add(DIGEST, digest, Schema.STRING_SCHEMA);
    }

    private Header type(String type) {
        Header known = types.get(type);
        if (known != null) {
            return known;
        }
        Header made = header(TYPE, type);
        if (types.size() < MAX_TYPES) {
            types.put(type, made);
        }
        return made;
    }

    private static Header header(String name, String value) {
        return new ConnectHeaders().add(name, value, Schema.STRING_SCHEMA).lastWithName(name);
    }
}
