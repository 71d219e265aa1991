package io.github.sealwatcher.connect.record;

import io.github.sealwatcher.connect.config.TopicsConfig;
import io.github.sealwatcher.host.HostEmission;
import io.github.sealwatcher.host.HostMetrics;
import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.Occurrence;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.Emission;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;
import org.jspecify.annotations.Nullable;

/** Maps an emission to records, as far as topics and types are enabled. One thread. */
public final class RecordMapper {

    private final TopicsConfig topics;
    private final RecordTimes times;
    private final LabelFormat format;
    private final RecordHeaders headers = new RecordHeaders();

    public RecordMapper(TopicsConfig topics, RecordTimes times) {
        this.topics = topics;
        this.times = times;
        this.format = LabelFormat.of(topics);
    }

    /** One that writes the same to the topics of another prefix. */
    RecordMapper under(String prefix) {
        return new RecordMapper(topics.under(prefix), times);
    }

    /**
     * Gives the emission's records to {@code sink}, in order; there may be none.
     *
     * @param last what comes last in the batch that the emission is of: state records that it outdates are left out
     */
    void map(HostOffsetContext context, HostEmission given, LastChanges last, Consumer<PendingRecord> sink) {
        Emission emission = given.emission();
        Struct engine = context.engine(emission.engine());
        if (emission.isHeartbeat()) {
            sink.accept(heartbeat(context, emission.atNs()));
        }
        for (ContainerId absent : emission.absent()) {
            mapNoRow(context, absent, emission.atNs(), "die", sink);
        }
        if (topics.host()) {
            for (HostChange change : emission.hostChanges()) {
                sink.accept(hostEvent(context, change, engine));
            }
        }
        for (ContainerChange change : emission.changes()) {
            Map<String, String> details =
                    given.details().getOrDefault(change.occurrence().eventId(), Map.of());
            mapChange(context, change, details, engine, last, sink);
        }
    }

    /** Gives the record of a host change to {@code sink}, if host events are asked for. */
    void map(HostOffsetContext context, HostChange change, Consumer<PendingRecord> sink) {
        if (topics.host()) {
            sink.accept(hostEvent(context, change, null));
        }
    }

    /** Gives the records of a container's change to {@code sink}, as far as they are asked for. */
    void map(HostOffsetContext context, ContainerChange change, Consumer<PendingRecord> sink) {
        mapChange(context, change, Map.of(), null, LastChanges.unknown(), sink);
    }

    /** Gives the row of each alive container to {@code sink}, as it is after the emission. */
    void mapRows(HostOffsetContext context, Emission emission, Consumer<PendingRecord> sink) {
        if (topics.state()) {
            Struct engine = context.engine(emission.engine());
            for (LiveContainer alive :
                    emission.checkpoint().portfolio().visible().alive().values()) {
                RecordLimit.Fitted fitted = context.limit().fit(alive.container());
                Struct value = state(context.host(), alive, fitted.container(), engine);
                sink.accept(row(context, alive.id(), value, emission.atNs(), "synchronized", fitted.truncated()));
            }
        }
    }

    /** Gives the removal of a container's row to {@code sink}. */
    void mapNoRow(HostOffsetContext context, ContainerId id, long atNs, String type, Consumer<PendingRecord> sink) {
        if (topics.state()) {
            sink.accept(row(context, id, null, atNs, type, null));
        }
    }

    private PendingRecord row(
            HostOffsetContext context,
            ContainerId id,
            @Nullable Struct value,
            long atNs,
            String type,
            @Nullable String truncated) {
        ConnectHeaders itsHeaders = headers.of(context.hostHeader(), type);
        RecordHeaders.truncated(itsHeaders, truncated);
        return new PendingRecord(
                context,
                topics.stateTopic(),
                Structs.key(context.host(), id),
                value,
                format.state(),
                times.stamp(new TimeKey(context.host(), "container", id), atNs),
                itsHeaders);
    }

    /** Removes the host's row from the heartbeat topic. */
    PendingRecord noHeartbeat(HostOffsetContext context, long atNs) {
        return heartbeat(context, atNs, null);
    }

    /** The host's row in the heartbeat topic; it carries the offset when nothing else does. */
    PendingRecord heartbeat(HostOffsetContext context, long atNs) {
        return heartbeat(context, atNs, context.heartbeat(atNs));
    }

    private PendingRecord heartbeat(HostOffsetContext context, long atNs, @Nullable Struct value) {
        return new PendingRecord(
                context,
                topics.heartbeatTopic(),
                Structs.key(context.host()),
                value,
                Schemas.HEARTBEAT,
                times.stamp(new TimeKey(context.host(), "heartbeat", null), atNs),
                headers.of(context.hostHeader(), "heartbeat"));
    }

    private PendingRecord hostEvent(HostOffsetContext context, HostChange change, @Nullable Struct engine) {
        HostChange.@Nullable Window gap = change.gap();
        String type = WireNames.of(change.type());
        Struct value = new Struct(Schemas.HOST_EVENT)
                .put("host", context.host().value())
                .put("type", type)
                .put("time_ns", change.timeNs())
                .put("reason", change.reason())
                .put("gap_from_ns", gap == null ? null : gap.fromNs())
                .put("gap_to_ns", gap == null ? null : gap.toNs())
                .put("containers", change.containers())
                .put("engine", engine);
        return new PendingRecord(
                context,
                topics.hostTopic(),
                Structs.key(context.host()),
                value,
                Schemas.HOST_EVENT,
                times.stamp(new TimeKey(context.host(), "host", null), change.timeNs()),
                headers.of(context.hostHeader(), type));
    }

    /**
     * The state record comes before the event: an offset goes with a host's last record, and must not be lost with a null
     * value that a transformation drops.
     */
    private void mapChange(
            HostOffsetContext context,
            ContainerChange change,
            Map<String, String> details,
            @Nullable Struct engine,
            LastChanges last,
            Consumer<PendingRecord> sink) {
        String type = WireNames.typeOf(change);
        boolean event = topics.includes(type);
        boolean touches = topics.state() && LastChanges.touchesState(change);
        if (!event && !touches) {
            context.metrics().count(HostMetrics.Counter.EVENTS_FILTERED);
            return;
        }
        ContainerId id = change.container().id();
        Struct key = Structs.key(context.host(), id);
        Occurrence occurrence = change.occurrence();
        context.metrics().countEvent(occurrence.origin());
        long stampMs = times.stamp(new TimeKey(context.host(), "container", id), occurrence.timeNs());
        boolean state = touches && !last.isOutdated(context.host(), change);
        RecordLimit.Fitted fitted = context.limit().fit(change.container());
        LiveContainer alive = change.alive();
        if (fitted.truncated() != null) {
            long cut = (state && alive != null ? 1 : 0) + (event ? 1 : 0);
            context.metrics().count(HostMetrics.Counter.TRUNCATED_RECORDS, cut);
        }
        String eventId = occurrence.eventId().toString();
        Header idHeader = RecordHeaders.id(eventId);
        Struct container = container(change, fitted.container());
        if (state) {
            Struct value =
                    alive == null ? null : state(context.host(), alive, fitted.container(), engine, container, change);
            ConnectHeaders itsHeaders = headers.of(context.hostHeader(), type, idHeader, occurrence.origin());
            RecordHeaders.truncated(itsHeaders, value == null ? null : fitted.truncated());
            sink.accept(
                    new PendingRecord(context, topics.stateTopic(), key, value, format.state(), stampMs, itsHeaders));
        }
        if (event) {
            Struct value = event(context.host(), eventId, type, change, fitted.container(), container, details, engine);
            ConnectHeaders itsHeaders = headers.of(context.hostHeader(), type, idHeader, occurrence.origin());
            RecordHeaders.truncated(itsHeaders, fitted.truncated());
            RecordHeaders.digest(itsHeaders, RecordDigest.of(value));
            sink.accept(
                    new PendingRecord(context, topics.eventsTopic(), key, value, format.event(), stampMs, itsHeaders));
        }
    }

    private Struct event(
            HostName host,
            String eventId,
            String type,
            ContainerChange change,
            Container fitting,
            Struct container,
            Map<String, String> details,
            @Nullable Struct engine) {
        Occurrence occurrence = change.occurrence();
        @Nullable PodRef previous = change instanceof ContainerChange.PodChanged moved ? moved.previousPod() : null;
        boolean isDeath = change.kind() == ContainerChange.Kind.DIED;
        Map<String, String> attributes = isDeath ? Map.of() : EventAttributes.of(details, change.container());
        @Nullable
        Integer exitCode =
                change instanceof ContainerChange.Died died ? died.exitCode() : EventAttributes.exitCode(attributes);
        var inspect = fitting.inspect();
        Struct struct = new Struct(format.event())
                .put("event_id", eventId)
                .put("type", type)
                .put("raw_action", occurrence.rawAction())
                .put("time_ns", occurrence.timeNs())
                .put("host", host.value())
                .put("origin", WireNames.of(occurrence.origin()))
                .put("container", container);
        Structs.putIfPresent(struct, "pod", Structs.pod(change.pod()));
        Structs.putIfPresent(struct, "previous_pod", Structs.pod(previous));
        Structs.putIfPresent(struct, "engine", engine);
        Structs.putIfPresent(struct, "exit_code", exitCode);
        Structs.putIfPresent(struct, "inspect", inspect.isEmpty() ? null : format.of(inspect));
        Structs.putIfPresent(struct, "attributes", attributes.isEmpty() ? null : format.of(attributes));
        Structs.putIfPresent(struct, "oom_killed", isDeath ? EventAttributes.oomKilled(details) : null);
        return struct;
    }

    private Struct container(ContainerChange change, Container fitting) {
        LiveContainer alive = change.alive();
        @Nullable
        Life life =
                change instanceof ContainerChange.Died died ? died.last().life() : alive == null ? null : alive.life();
        @Nullable Status status = alive == null ? null : alive.status();
        return Structs.container(fitting, life, status, change.pod(), topics.annotate(), format);
    }

    private Struct state(HostName host, LiveContainer alive, Container fitting, @Nullable Struct engine) {
        return state(host, alive, engine, Structs.container(alive, fitting, topics.annotate(), format));
    }

    /** @param container that of the change's event, which says the same unless the pods differ */
    private Struct state(
            HostName host,
            LiveContainer alive,
            Container fitting,
            @Nullable Struct engine,
            Struct container,
            ContainerChange change) {
        return Objects.equals(alive.pod(), change.pod())
                ? state(host, alive, engine, container)
                : state(host, alive, fitting, engine);
    }

    private Struct state(HostName host, LiveContainer alive, @Nullable Struct engine, Struct container) {
        Struct struct = new Struct(format.state())
                .put("host", host.value())
                .put("status", WireNames.of(alive.status()))
                .put("since_ns", alive.sinceNs())
                .put("container", container);
        Structs.putIfPresent(struct, "pod", Structs.pod(alive.pod()));
        Structs.putIfPresent(struct, "engine", engine);
        return struct;
    }

    private record TimeKey(
            HostName host, String kind, @Nullable ContainerId container) {}
}
