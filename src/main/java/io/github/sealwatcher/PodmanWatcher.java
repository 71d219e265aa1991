package io.github.sealwatcher;

import io.github.sealwatcher.engine.Engine;
import io.github.sealwatcher.engine.EngineException;
import io.github.sealwatcher.engine.podman.LocalHost;
import io.github.sealwatcher.host.FatalHostException;
import io.github.sealwatcher.host.HostRuntime;
import io.github.sealwatcher.host.HostWatcher;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.transport.Address;
import io.github.sealwatcher.transport.AddressParser;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps track of the alive containers of one Podman host, the running and the paused ones, and reports what happens to
 * them.
 *
 * <pre>{@code
 * try (PodmanWatcher watcher = PodmanWatcher.at("").backoff(Backoff.forever()).build();
 *         Events events = watcher.events()) {
 *     watcher.start();
 *     watcher.ready().join();
 *     watcher.portfolio().containersOf("shop").forEach(alive -> ...);
 *     for (Change change = events.take(); change != null; change = events.take()) { ... }
 * }
 * }</pre>
 *
 * <p>All methods may be called from any thread.
 */
public final class PodmanWatcher implements AutoCloseable {

    private static final Duration END_LIMIT = Duration.ofSeconds(3);

    private final HostName host;
    private final Address address;
    private final Supplier<? extends Engine> engines;
    private final HostWatcher watcher;
    private final @Nullable HostRuntime ownRuntime;
    private final Subscribers subscribers;
    private final AtomicBoolean started = new AtomicBoolean();

    PodmanWatcher(PodmanWatcherBuilder built) {
        this.host = built.host();
        this.address = built.address();
        this.engines = built.engines();
        this.subscribers = new Subscribers(built.sink(), built.queue());
        HostRuntime shared = built.runtime();
        HostRuntime runtime = shared == null ? built.newRuntime() : shared;
        this.ownRuntime = shared == null ? runtime : null;
        this.watcher =
                new HostWatcher(host, engines, built.options(), built.stored(), subscribers, runtime, built.metrics());
    }

    /**
     * A watcher to be of the Podman at {@code uri}.
     *
     * @param uri as {@link AddressParser#parse} reads it; empty for the Podman that this machine's own clients would find:
     *     {@code CONTAINER_HOST}, else the user's socket unless this is root, else the system's
     * @throws IllegalArgumentException with what was expected and what was found
     */
    public static PodmanWatcherBuilder at(String uri) {
        LocalHost localHost = LocalHost.local();
        Address address = AddressParser.parse(uri.isBlank() ? localHost.podmanUri() : uri.trim());
        return new PodmanWatcherBuilder(localHost.nameOf(address), address);
    }

    /** A watcher to be of the Podman at {@code address}. */
    public static PodmanWatcherBuilder at(Address address) {
        return new PodmanWatcherBuilder(LocalHost.local().nameOf(address), address);
    }

    /**
     * Watches until the watcher is closed, and returns then; connects anew whenever the connection is lost, as the backoff
     * says.
     *
     * @throws FatalHostException if the backoff allows no further try, or no try can help
     * @throws InterruptedException if this thread is interrupted; the watcher is closed then
     * @throws IllegalStateException if it is watched or was closed already
     */
    public void watch() throws InterruptedException {
        start();
        try {
            subscribers.awaitEnd();
        } catch (InterruptedException e) {
            close();
            throw e;
        }
    }

    /**
     * Begins to watch on threads of its own and returns at once, without having connected.
     *
     * @throws IllegalStateException if it is watched or was closed already
     */
    public void start() {
        startIn(Duration.ZERO);
    }

    /**
     * Does so after a while: many watchers that connect at the same moment need a thread each for it. What happens meanwhile
     * isn't missed.
     *
     * @throws IllegalStateException if it is watched or was closed already
     */
    public void startIn(Duration delay) {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("host " + host + ": a watcher watches once; build another one");
        }
        watcher.startIn(delay);
    }

    /**
     * What is alive, as it was when this was called; never changes afterwards. While the connection is lost, and while all
     * is compared anew afterwards, it is what was known before, and then changes by what is different only.
     */
    public Portfolio portfolio() {
        return watcher.portfolio().visible();
    }

    /**
     * Completes once the portfolio equalled for the first time what Podman lists; exceptionally when the watcher is closed
     * or gives up before that. A list that fails completes nothing.
     *
     * @return a future of the caller's own; what depends on it runs on no thread of the watcher's
     */
    public CompletableFuture<Void> ready() {
        return subscribers.ready();
    }

    /**
     * Everything that happens from now on. What is in the {@link #portfolio} and wasn't reported before this call is reported, so
     * whoever asks for events first and for the portfolio then misses nothing. To be closed when no longer read.
     */
    public Events events() {
        return subscribers.join();
    }

    /** The host's name: the one given, else that of the machine at the address. */
    public HostName host() {
        return host;
    }

    /** What distinguishes this engine from others: Podman has no id of its own, so it is the {@linkplain #api address} of its API. */
    public String id() {
        return api();
    }

    /** Always {@code podman.io}. */
    public String type() {
        return EngineIdentity.TYPE;
    }

    /** The address of Podman's API, as an URI without any secret. */
    public String api() {
        return address.uri();
    }

    /** Podman's version when it last answered; asks it if it never did, and is {@code unknown} if it doesn't answer now. */
    public String version() {
        EngineIdentity identity = identity();
        return identity == null ? EngineIdentity.UNKNOWN_VERSION : identity.version();
    }

    /**
     * The process of Podman's API service: the one given, else the one at the other end of the Unix socket; asks if it was
     * never asked before. Empty if it is unknown, as with a remote host.
     */
    public OptionalInt pid() {
        EngineIdentity identity = identity();
        return identity == null || identity.pid() == null ? OptionalInt.empty() : OptionalInt.of(identity.pid());
    }

    /** A connection of one's own to the same Podman, for questions that the portfolio doesn't answer; to be closed. */
    public Engine open() {
        return engines.get();
    }

    /**
     * Ends the watching, the events (those that wait can still be taken) and all threads that aren't shared; waits for
     * these, though for 3 s at most. Idempotent.
     */
    @Override
    public void close() {
        started.set(true);
        subscribers.close();
        watcher.close();
        if (ownRuntime != null) {
            ownRuntime.close();
            try {
                ownRuntime.awaitEnd(END_LIMIT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private @Nullable EngineIdentity identity() {
        EngineIdentity known = subscribers.engine();
        if (known != null) {
            return known;
        }
        try (Engine engine = open()) {
            return engine.ping().value();
        } catch (EngineException e) {
            return null;
        }
    }
}
