package io.github.sealwatcher.engine.podman;

import io.github.sealwatcher.engine.ClockedAnswer;
import io.github.sealwatcher.engine.Engine;
import io.github.sealwatcher.engine.EngineException;
import io.github.sealwatcher.engine.EventStream;
import io.github.sealwatcher.engine.podman.PodmanHttp.Exchange;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.transport.Address;
import io.github.sealwatcher.transport.Dialer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Podman 4.0 and newer by its own REST API ("libpod"), never by the Docker-compatible one, which names actions otherwise.
 * Only ever asks (GET); in particular it never lists with {@code sync}, which would write an event per container.
 */
public final class PodmanEngine implements Engine {

    /** Podman doesn't check the version in a path against its own; this one means the same from 4.0 to 6.1. */
    private static final String API = "/v4.0.0/libpod/";

    private static final String PING = "/libpod/_ping";
    /** Without {@code system}, rotations of the event log and reboots would be invisible. */
    private static final String EVENT_FILTERS = encoded("{\"type\":[\"container\",\"pod\",\"system\"]}");

    private final EngineOptions options;
    private final PodmanHttp http;
    private final InspectDecoder inspects;
    private final BadLineReport badLines;

    /**
     * Connects to nothing yet.
     *
     * @param dialer opens the connections
     * @param badLines is notified of event lines that can't be decoded
     */
    public PodmanEngine(EngineOptions options, Dialer dialer, BadLines badLines) {
        this.options = options;
        this.http = new PodmanHttp(dialer, options);
        this.inspects = new InspectDecoder(options.packer());
        this.badLines = new BadLineReport(badLines);
    }

    @Override
    public ClockedAnswer<EngineIdentity> ping() throws EngineException {
        try {
            return http.get(PING, exchange -> exchange.dated(Identification.of(exchange, http.tried(PING), options)))
                    .orElseThrow(
                            () -> new EngineException.NotPodman(http.tried(PING) + ": expected Podman, found 404"));
        } catch (EngineException.Garbled | EngineException.Failed e) {
            // Every Podman can answer this.
            String remedy = options.address().kind() == Address.Kind.TCP
                    ? "; if it expects TLS, use tcp+tls:// in place of tcp://"
                    : "";
            throw new EngineException.NotPodman("expected Podman; " + e.getMessage() + remedy);
        }
    }

    @Override
    public ClockedAnswer<List<ObservedContainer>> list() throws EngineException {
        return rows(API + "containers/json?all=true");
    }

    @Override
    public Optional<ObservedContainer> find(ContainerId id) throws EngineException {
        // Podman matches beginnings of ids too.
        return rows(API + "containers/json?all=true&filters=" + encoded("{\"id\":[" + quoted(id.value()) + "]}"))
                .value()
                .stream()
                .filter(row -> row.id().equals(id))
                .findFirst();
    }

    @Override
    public Optional<ObservedContainer> inspect(ContainerId id) throws EngineException {
        return http.get(
                API + "containers/" + encoded(id.value()) + "/json", exchange -> inspects.container(exchange.body()));
    }

    @Override
    public Optional<PodRef> pod(String podId) throws EngineException {
        return http.get(API + "pods/" + encoded(podId) + "/json", exchange -> InspectDecoder.pod(exchange.body()));
    }

    @Override
    public EventStream replay(long sinceNs) throws EngineException {
        PodmanEventStream history = events("false" + since(sinceNs), limit -> limit.eachFor(options.requestTimeout()));
        history.gather();
        return history;
    }

    @Override
    public EventStream follow(long sinceNs) throws EngineException {
        // Podman sends nothing on an idle stream, so silence proves nothing.
        return events("true" + since(sinceNs), DeadlineInputStream::none);
    }

    @Override
    public EventStream followNew() throws EngineException {
        return events("true", DeadlineInputStream::none);
    }

    @Override
    public void close() {
        http.close();
    }

    /** Without it, events written right after the response's header get lost: it is sent before Podman is at the log's end. */
    private static String since(long sinceNs) {
        return "&since=" + encoded(Timestamps.rfc3339(sinceNs));
    }

    private PodmanEventStream events(String stream, Consumer<DeadlineInputStream> reading) throws EngineException {
        String target = API + "events?stream=" + stream + "&filters=" + EVENT_FILTERS;
        Exchange exchange = http.open(target, reading);
        try {
            return new PodmanEventStream(http, target, exchange, options, badLines);
        } catch (IOException e) {
            exchange.connection().close();
            throw http.failure(target, e);
        }
    }

    private ClockedAnswer<List<ObservedContainer>> rows(String target) throws EngineException {
        return http.get(target, exchange -> {
                    try (HeapShare.Reservation room = HeapShare.COMMON.reserve()) {
                        return exchange.dated(ListDecoder.decode(exchange.body(), room));
                    }
                })
                .orElseThrow(() -> new EngineException.Garbled(http.tried(target) + ": answered 404", null));
    }

    private static String quoted(String text) {
        return Json.MAPPER.valueToTree(text).toString();
    }

    private static String encoded(String text) {
        // A blank as + is right in a query only; in a path it is %20, which is right in both.
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
