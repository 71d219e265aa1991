package io.github.sealwatcher.trail.topic;

import com.fasterxml.jackson.core.JsonParser;
import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.ContainerFacts;
import io.github.sealwatcher.trail.event.ContainerKey;
import io.github.sealwatcher.trail.event.Headers;
import io.github.sealwatcher.trail.event.HostEvent;
import io.github.sealwatcher.trail.event.Place;
import io.github.sealwatcher.trail.event.Pod;
import io.github.sealwatcher.trail.event.StateRow;
import io.github.sealwatcher.trail.event.TrailRecord;
import io.github.sealwatcher.trail.event.Window;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes records from JSON, or from anything that can be read like JSON. */
final class Decoder {
    private Decoder() {}

    /** The container that a key names; null if it names none. */
    static @Nullable ContainerKey key(JsonParser parser) throws IOException {
        Values values = new Values();
        values.read(parser);
        return values.key();
    }

    /** A record of {@code <prefix>.container.events}. */
    static TrailRecord event(Place place, @Nullable ContainerKey recordKey, Headers headers, JsonParser value)
            throws IOException {
        Values values = new Values();
        values.read(value);
        if (values.eventId == null || values.host == null || values.containerId == null || values.timeNs == null) {
            throw new IOException("no container event: event_id, host, container.id or time_ns is missing");
        }
        return new ContainerEvent(
                place,
                recordKey,
                new ContainerKey(values.host, values.containerId),
                headers,
                values.eventId,
                values.type,
                values.rawAction,
                values.timeNs,
                values.origin,
                values.exitCode,
                values.facts,
                values.pod,
                values.previousPod);
    }

    /** A record of {@code <prefix>.container.state} that isn't null. */
    static TrailRecord row(Place place, ContainerKey key, JsonParser value) throws IOException {
        Values values = new Values();
        values.read(value);
        if (values.status == null) {
            throw new IOException("no row of the state topic: status is missing");
        }
        long sinceNs = values.sinceNs == null ? 0 : values.sinceNs;
        return new StateRow(place, key, values.status, sinceNs, values.facts, values.pod);
    }

    /** A record of {@code <prefix>.host.events}, or of the heartbeat topic. */
    static TrailRecord host(Place place, @Nullable String keyHost, JsonParser value) throws IOException {
        Values values = new Values();
        values.read(value);
        String host = values.host == null ? keyHost : values.host;
        if (host == null || values.timeNs == null) {
            throw new IOException("no host event: host or time_ns is missing");
        }
        Long gapFromNs = values.gapFromNs;
        Long gapToNs = values.gapToNs;
        return new HostEvent(
                place,
                host,
                values.type,
                values.timeNs,
                values.reason,
                gapFromNs == null || gapToNs == null ? null : new Window(gapFromNs, gapToNs),
                values.containers,
                values.engineVersion);
    }

    /** The host that a key names; null if it names none. */
    static @Nullable String keyHost(JsonParser parser) throws IOException {
        Values values = new Values();
        values.read(parser);
        return values.host;
    }

    /** All fields that any record may have. */
    private static final class Values {
        @Nullable
        String eventId;

        String type = "";
        String rawAction = "";

        @Nullable
        Long timeNs;

        @Nullable
        String host;

        String origin = "";

        @Nullable
        Integer exitCode;

        @Nullable
        String status;

        @Nullable
        Long sinceNs;

        String reason = "";

        @Nullable
        Long gapFromNs;

        @Nullable
        Long gapToNs;

        @Nullable
        Integer containers;

        String engineVersion = "";

        @Nullable
        String containerId;

        ContainerFacts facts = ContainerFacts.NONE;

        @Nullable
        Pod pod;

        @Nullable
        Pod previousPod;

        @Nullable
        ContainerKey key() {
            return host == null || containerId == null ? null : new ContainerKey(host, containerId);
        }

        void read(JsonParser parser) throws IOException {
            if (parser.currentToken() == null) {
                parser.nextToken();
            }
            if (!JsonFields.each(parser, this::field)) {
                throw new IOException("not an object");
            }
        }

        private void field(String name, JsonParser parser) throws IOException {
            switch (name) {
                // With schemas.enable=true, JsonConverter wraps what it writes.
                case "payload" -> JsonFields.each(parser, this::field);
                case "event_id" -> eventId = JsonFields.text(parser);
                case "type" -> type = JsonFields.textOr(parser, "");
                case "raw_action" -> rawAction = JsonFields.textOr(parser, "");
                case "time_ns" -> timeNs = JsonFields.number(parser);
                case "host" -> host = JsonFields.text(parser);
                case "container_id" -> containerId = JsonFields.text(parser);
                case "origin" -> origin = JsonFields.textOr(parser, "");
                case "exit_code" -> exitCode = JsonFields.integer(parser);
                case "status" -> status = JsonFields.text(parser);
                case "since_ns" -> sinceNs = JsonFields.number(parser);
                case "reason" -> reason = JsonFields.textOr(parser, "");
                case "gap_from_ns" -> gapFromNs = JsonFields.number(parser);
                case "gap_to_ns" -> gapToNs = JsonFields.number(parser);
                case "containers" -> containers = JsonFields.integer(parser);
                case "container" -> container(parser);
                case "engine" -> JsonFields.each(parser, this::engineField);
                case "pod" -> pod = pod(parser);
                case "previous_pod" -> previousPod = pod(parser);
                default -> parser.skipChildren();
            }
        }

        private void engineField(String name, JsonParser parser) throws IOException {
            if (name.equals("version")) {
                engineVersion = JsonFields.textOr(parser, "");
            } else {
                parser.skipChildren();
            }
        }

        private void container(JsonParser parser) throws IOException {
            Facts found = new Facts();
            JsonFields.each(parser, found::field);
            containerId = found.id;
            facts = found.facts();
        }

        private static @Nullable Pod pod(JsonParser parser) throws IOException {
            Facts found = new Facts();
            JsonFields.each(parser, found::field);
            return found.id == null ? null : new Pod(found.id, found.name == null ? "" : found.name);
        }
    }

    /** What there is of a container or a pod. */
    private static final class Facts {
        @Nullable
        String id;

        @Nullable
        String name;

        private @Nullable String image;
        private @Nullable String imageId;
        private @Nullable String project;
        private @Nullable String detail;
        private @Nullable Long startedAtNs;
        private @Nullable Long pid;

        void field(String field, JsonParser parser) throws IOException {
            switch (field) {
                case "id" -> id = JsonFields.text(parser);
                case "name" -> name = JsonFields.text(parser);
                case "image" -> image = JsonFields.text(parser);
                case "image_id" -> imageId = JsonFields.text(parser);
                case "project" -> project = JsonFields.text(parser);
                case "detail" -> detail = JsonFields.text(parser);
                case "started_at_ns" -> startedAtNs = JsonFields.number(parser);
                case "pid" -> pid = JsonFields.number(parser);
                default -> parser.skipChildren();
            }
        }

        ContainerFacts facts() {
            return new ContainerFacts(name, image, imageId, project, detail, startedAtNs, pid);
        }
    }
}
