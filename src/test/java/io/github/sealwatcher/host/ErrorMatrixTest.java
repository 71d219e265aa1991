package io.github.sealwatcher.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.PodmanWatcher;
import io.github.sealwatcher.engine.Engine;
import io.github.sealwatcher.engine.podman.BadLines;
import io.github.sealwatcher.engine.podman.EngineOptions;
import io.github.sealwatcher.engine.podman.PodmanEngine;
import io.github.sealwatcher.fault.FakeContainer;
import io.github.sealwatcher.fault.FakePodman;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.transport.Address;
import io.github.sealwatcher.transport.DialException;
import io.github.sealwatcher.transport.Dialer;
import io.github.sealwatcher.transport.Dialers;
import io.github.sealwatcher.watch.Backoff;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of unchecked throwable at every call into engine, transport, decoder and sink, once: within two resync
 * intervals the host is watched again, or the drain throws what the host can't get over. The mapper, which the task's own
 * thread calls, is in {@code StartedPodmanSourceTaskTest}.
 */
@Timeout(60)
class ErrorMatrixTest {

    private static final Duration RESYNC = Duration.ofSeconds(2);
    private static final Duration LIMIT = RESYNC.multipliedBy(2);
    private static final Backoff SOON = new Backoff(1_000_000, 10_000_000, -1);

    /** Where it is thrown; the loud ones are those after which nothing is known of what was delivered. */
    private enum Call {
        MAKE_ENGINE,
        DIAL,
        OPENING,
        INPUT,
        OUTPUT,
        READ,
        WRITE,
        LIMIT_READS,
        CLOSE_SOCKET,
        COUNT_BAD_LINE,
        LOG_BAD_LINE,
        PACK,
        PUT(true),
        PING,
        LIST,
        FIND,
        INSPECT,
        POD,
        REPLAY,
        FOLLOW,
        NEXT,
        CLOSE;

        private final boolean loud;

        Call() {
            this(false);
        }

        Call(boolean loud) {
            this.loud = loud;
        }
    }

    private final FakePodman podman = FakePodman.start();
    private final Trouble trouble = new Trouble();
    private final TroubledEngines engines = new TroubledEngines();
    private final Outbox outbox = new Outbox(10_000, 1 << 30);

    @AfterEach
    void close() {
        podman.close();
    }

    static Stream<Arguments> matrix() {
        List<Supplier<Throwable>> kinds = List.of(
                () -> new OutOfMemoryError("on purpose"),
                () -> new StackOverflowError("on purpose"),
                () -> new NoClassDefFoundError("on/Purpose"),
                () -> new IllegalStateException("on purpose"));
        return Stream.of(Call.values()).flatMap(call -> kinds.stream().map(kind -> Arguments.of(call, kind.get())));
    }

    @ParameterizedTest(name = "{0} throws {1}")
    @MethodSource("matrix")
    void hostRecoversOrFailsLoudly(Call call, Throwable thrown) throws InterruptedException {
        String pod = podman.host().createPod("crew");
        try (PodmanWatcher watcher = watcher()) {
            watcher.start();
            drainUntil("SYNCHRONIZED", Duration.ofSeconds(30));
            podman.awaitRequests("stream=true", 1);
            arm(call, thrown);
            podman.host().run(FakeContainer.created("first").inPod(pod));
            podman.host().emitLine("no event");
            if (call.ordinal() < Call.COUNT_BAD_LINE.ordinal() || call == Call.FOLLOW || call == Call.CLOSE) {
                podman.dropConnections();
            }
            awaitThrown(call);
            podman.host().run(FakeContainer.created("second"));
            FatalHostException parked = drainUntil("STARTED second", LIMIT);
            if (call.loud) {
                assertThat(parked)
                        .isNotNull()
                        .hasMessage("host fake: the watcher failed; please report this: " + thrown);
            } else {
                assertThat(parked).isNull();
                assertThat(watcher.portfolio().total()).isEqualTo(2);
            }
        }
    }

    private void arm(Call call, Throwable thrown) {
        if (call.ordinal() >= Call.PING.ordinal()) {
            engines.trouble(call.name().toLowerCase(Locale.ROOT), thrown);
        } else {
            trouble.arm(call, thrown);
        }
    }

    private void awaitThrown(Call call) throws InterruptedException {
        if (call.ordinal() >= Call.PING.ordinal()) {
            engines.awaitThrown();
        } else {
            trouble.awaitThrown();
        }
    }

    private PodmanWatcher watcher() {
        EngineOptions options = EngineOptions.of(podman.address()).withPacker(document -> {
            trouble.at(Call.PACK);
            return Map.of();
        });
        BadLines badLines = new BadLines() {
            @Override
            public void skipped(Kind kind) {
                trouble.at(Call.COUNT_BAD_LINE);
            }

            @Override
            public void first(Kind kind, String excerpt) {
                trouble.at(Call.LOG_BAD_LINE);
            }
        };
        Supplier<Engine> making = () -> {
            trouble.at(Call.MAKE_ENGINE);
            return engines.around(new PodmanEngine(options, new TroubledDialer(trouble), badLines));
        };
        Sink sink = new Sink() {
            @Override
            public boolean put(HostEmission emission) throws InterruptedException {
                trouble.at(Call.PUT);
                return outbox.put(emission);
            }

            @Override
            public void park(FatalHostException error) {
                outbox.park(error);
            }
        };
        return PodmanWatcher.at(podman.uri())
                .host(new HostName("fake"))
                .backoff(SOON)
                .pingInterval(Duration.ofMillis(50))
                .resyncInterval(RESYNC)
                .engines(making)
                .sink(sink)
                .build();
    }

    /** What was thrown loudly, if anything was. */
    private FatalHostException drainUntil(String last, Duration limit) throws InterruptedException {
        List<String> reported = new ArrayList<>();
        long endNs = System.nanoTime() + limit.toNanos();
        try {
            while (System.nanoTime() < endNs) {
                for (HostEmission taken : outbox.drain(100, 20)) {
                    for (HostChange change : taken.emission().hostChanges()) {
                        reported.add(change.type().name());
                    }
                    for (ContainerChange change : taken.emission().changes()) {
                        reported.add(change.kind() + " " + change.container().name());
                    }
                }
                if (reported.contains(last)) {
                    return null;
                }
            }
        } catch (FatalHostException e) {
            return e;
        }
        throw new AssertionError("no \"" + last + "\" within " + limit + ", but " + reported);
    }

    /** Thrown once, by whoever comes by first. Thread-safe. */
    private static final class Trouble {
        private Call call;
        private Throwable thrown;

        synchronized void arm(Call where, Throwable what) {
            call = where;
            thrown = what;
        }

        void at(Call here) {
            Throwable due;
            synchronized (this) {
                if (call != here) {
                    return;
                }
                call = null;
                due = thrown;
                notifyAll();
            }
            if (due instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) due;
        }

        synchronized void awaitThrown() throws InterruptedException {
            while (call != null) {
                wait();
            }
        }
    }

    private record TroubledDialer(Trouble trouble) implements Dialer {
        @Override
        public Socket dial(Address address, Duration timeout, Consumer<Socket> opening) throws DialException {
            trouble.at(Call.DIAL);
            return new TroubledSocket(
                    Dialers.plain().dial(address, timeout, socket -> {
                        trouble.at(Call.OPENING);
                        opening.accept(socket);
                    }),
                    trouble);
        }
    }

    /** A socket whose calls may throw. */
    private static final class TroubledSocket extends Socket {
        private final Socket real;
        private final Trouble trouble;

        TroubledSocket(Socket real, Trouble trouble) {
            this.real = real;
            this.trouble = trouble;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            trouble.at(Call.INPUT);
            return new FilterInputStream(real.getInputStream()) {
                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    trouble.at(Call.READ);
                    return super.read(bytes, offset, length);
                }
            };
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            trouble.at(Call.OUTPUT);
            return new FilterOutputStream(real.getOutputStream()) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    trouble.at(Call.WRITE);
                    out.write(bytes, offset, length);
                }
            };
        }

        @Override
        public synchronized void setSoTimeout(int ms) throws SocketException {
            trouble.at(Call.LIMIT_READS);
            real.setSoTimeout(ms);
        }

        @Override
        public synchronized int getSoTimeout() throws SocketException {
            return real.getSoTimeout();
        }

        @Override
        public boolean isConnected() {
            return real.isConnected();
        }

        @Override
        public boolean isClosed() {
            return real.isClosed();
        }

        @Override
        public synchronized void close() throws IOException {
            real.close();
            trouble.at(Call.CLOSE_SOCKET);
        }
    }
}
