package io.github.sealwatcher.fault;

import io.github.sealwatcher.transport.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URLDecoder;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Podman service on a Unix socket that does as told: it answers from its {@link FakeHost}, and any request can be given
 * a {@link ScriptedAnswer} instead. Built on the JDK's own Unix channels, so that it shares nothing with what it tests.
 * Thread-safe.
 *
 * <pre>{@code
 * try (FakePodman podman = FakePodman.start()) {
 *     FakeContainer web = podman.host().run(FakeContainer.created("web"));
 *     podman.next("/events", ScriptedAnswer.cut());   // the next request for events is cut, later ones aren't
 *     podman.hang("/_ping");                  // from now on nobody answers a ping
 *     podman.dropConnections();
 *     podman.kill();                          // connections cut, the socket file stays
 *     podman.listen();                        // and it is back
 * }
 * }</pre>
 */
public final class FakePodman implements AutoCloseable {

    private static final Pattern SINCE = Pattern.compile("[?&]since=([^&]*)");
    private static final Pattern ID_FILTER = Pattern.compile("\"id\":\\[\"([^\"]*)\"]");

    private final Path folder;
    private final Path socket;
    private final FakeHost host = new FakeHost();
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    /** Guarded by this, as is everything that changes below. */
    private final List<Planned> planned = new ArrayList<>();

    private final List<String> requests = new ArrayList<>();
    private @Nullable ServerSocketChannel server;
    private @Nullable Thread acceptor;
    private volatile @Nullable String version = "5.4.2";
    private volatile @Nullable Supplier<String> date =
            () -> DateTimeFormatter.RFC_1123_DATE_TIME.format(OffsetDateTime.now(ZoneOffset.UTC));

    private volatile long latencyMs;
    private final AtomicInteger connections = new AtomicInteger();

    private record Planned(String part, ScriptedAnswer script, boolean once) {}

    private FakePodman() throws IOException {
        folder = Files.createTempDirectory("fake-podman");
        socket = folder.resolve("podman.sock");
    }

    /** A fake that listens already. */
    public static FakePodman start() {
        try {
            FakePodman podman = new FakePodman();
            podman.listen();
            return podman;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What exists there. */
    public FakeHost host() {
        return host;
    }

    public Address address() {
        return new Address.Unix(socket);
    }

    public String uri() {
        return address().uri();
    }

    public Path socket() {
        return socket;
    }

    /** From the next connection on it is that version; null for something that isn't Podman. */
    public void version(@Nullable String version) {
        this.version = version;
    }

    /** From the next connection on it says that date, word by word; null for none. Its own is this machine's. */
    public void date(@Nullable Supplier<String> date) {
        this.date = date;
    }

    /** How long each answer is on its way, as from a host far away; requests on one connection don't overlap. */
    public void latency(Duration latency) {
        latencyMs = latency.toMillis();
    }

    /** How many connections were made so far. */
    public int connections() {
        return connections.get();
    }

    /** The next request whose target contains {@code part} is answered by the script; several wait their turn. */
    public synchronized void next(String part, ScriptedAnswer script) {
        planned.add(new Planned(part, script, true));
    }

    /** Every request whose target contains {@code part} is answered by the script. */
    public synchronized void always(String part, ScriptedAnswer script) {
        planned.add(new Planned(part, script, false));
    }

    /** Requests whose target contains {@code part} (empty: all) are never answered. */
    public void hang(String part) {
        always(part, ScriptedAnswer.hang());
    }

    /** Forgets all scripts, for requests to come. */
    public synchronized void behave() {
        planned.clear();
    }

    /** The targets of all requests so far. */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** Waits until {@code count} requests with {@code part} in their target have come. */
    public synchronized void awaitRequests(String part, int count) throws InterruptedException {
        while (requests.stream().filter(target -> target.contains(part)).count() < count) {
            wait();
        }
    }

    /** Cuts all connections; new ones are welcome. */
    public void dropConnections() {
        wires.forEach(FakePodman::cut);
        host.log().wakeUp();
    }

    /** As SIGKILL does: connections are cut and the socket file stays behind. */
    public synchronized void kill() {
        try {
            if (server != null && acceptor != null) {
                server.close();
                // Until it leaves accept, the kernel goes on queueing connections.
                acceptor.join();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server = null;
        dropConnections();
    }

    /** As SIGTERM does: connections are cut and the socket file is removed. */
    public synchronized void stop() {
        kill();
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Listens (again). */
    public synchronized void listen() {
        try {
            Files.deleteIfExists(socket);
            ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listening.bind(UnixDomainSocketAddress.of(socket));
            server = listening;
            acceptor = daemon("fake-podman-accept", () -> accept(listening));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocketChannel listening) {
        try {
            while (true) {
                SocketChannel channel = listening.accept();
                Wire wire = new Wire(channel, version, date);
                wires.add(wire);
                connections.incrementAndGet();
                if (!listening.isOpen()) {
                    cut(wire);
                }
                Thread unused = daemon("fake-podman", () -> serve(wire));
            }
        } catch (IOException e) {
            // killed: nobody accepts any more
            return;
        }
    }

    private void serve(Wire wire) {
        try {
            for (String target = wire.readTarget(); target != null; target = wire.readTarget()) {
                ScriptedAnswer script = scriptFor(target);
                Thread.sleep(latencyMs);
                script.play(wire);
            }
        } catch (IOException e) {
            // one of both sides has left
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            cut(wire);
            wires.remove(wire);
        }
    }

    private synchronized ScriptedAnswer scriptFor(String target) {
        requests.add(target);
        notifyAll();
        Optional<Planned> plan =
                planned.stream().filter(p -> target.contains(p.part())).findFirst();
        plan.filter(Planned::once).ifPresent(planned::remove);
        return plan.map(Planned::script).orElseGet(() -> honest(target));
    }

    private ScriptedAnswer honest(String target) {
        String path = target.replaceFirst("\\?.*", "").replaceFirst("^/v[0-9.]+", "");
        if (path.equals("/libpod/_ping")) {
            return ScriptedAnswer.text(200, "OK");
        }
        if (path.equals("/libpod/events")) {
            return wire -> host.log().stream(wire, since(target), target.contains("stream=true"));
        }
        if (path.equals("/libpod/containers/json")) {
            Matcher id = ID_FILTER.matcher(URLDecoder.decode(target, StandardCharsets.UTF_8));
            return ScriptedAnswer.json(200, id.find() ? host.list(id.group(1)) : host.list());
        }
        String id = path.replaceFirst("^/libpod/(containers|pods)/", "").replaceFirst("/json$", "");
        if (path.startsWith("/libpod/containers/")) {
            return found(host.inspect(id), "no such container");
        }
        if (path.startsWith("/libpod/pods/")) {
            return found(host.pod(id), "no such pod");
        }
        return ScriptedAnswer.text(404, "Not Found");
    }

    private static ScriptedAnswer found(Optional<String> document, String otherwise) {
        return document.map(body -> ScriptedAnswer.json(200, body))
                .orElseGet(() -> ScriptedAnswer.json(
                        404, "{\"cause\":\"" + otherwise + "\",\"message\":\"" + otherwise + "\",\"response\":404}"));
    }

    private static long since(String target) {
        Matcher matcher = SINCE.matcher(target);
        if (!matcher.find()) {
            return Long.MIN_VALUE;
        }
        OffsetDateTime time = OffsetDateTime.parse(URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8));
        return time.toEpochSecond() * 1_000_000_000L + time.getNano();
    }

    private static void cut(Wire wire) {
        try {
            wire.cut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Thread daemon(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
