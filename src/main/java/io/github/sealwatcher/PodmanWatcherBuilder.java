package io.github.sealwatcher;

import io.github.sealwatcher.engine.Engine;
import io.github.sealwatcher.engine.podman.BadLineLog;
import io.github.sealwatcher.engine.podman.EngineOptions;
import io.github.sealwatcher.engine.podman.InspectPacker;
import io.github.sealwatcher.engine.podman.PodmanEngine;
import io.github.sealwatcher.host.Clocks;
import io.github.sealwatcher.host.HostMetrics;
import io.github.sealwatcher.host.HostRuntime;
import io.github.sealwatcher.host.Sink;
import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.transport.Address;
import io.github.sealwatcher.transport.Dialer;
import io.github.sealwatcher.transport.Dialers;
import io.github.sealwatcher.watch.Backoff;
import io.github.sealwatcher.watch.Options;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a host is to be watched. Nothing has to be set; what isn't has the connector's defaults, but for the backoff: a
 * watcher without one never tries again. One thread.
 */
public final class PodmanWatcherBuilder {

    private static final Duration OVERLAP = Duration.ofSeconds(10);

    private final Address address;
    private HostName host;
    private EngineOptions engineOptions;
    private Dialer dialer = Dialers.plain();
    private @Nullable Supplier<? extends Engine> engines;
    private Backoff backoff = Backoff.never();
    private Duration resync = Duration.ofMinutes(1);
    private Duration ping = Duration.ofSeconds(10);
    private Options.Actions actions = Options.Actions.none();
    private @Nullable Options options;
    private ContainerFilter filter = ContainerFilter.all();
    private Subscribers.Queue queue = new Subscribers.Queue(8192, 64L << 20);
    private @Nullable Checkpoint stored;
    private @Nullable HostRuntime runtime;
    private @Nullable Sink sink;
    private HostMetrics metrics = new HostMetrics();

    PodmanWatcherBuilder(HostName host, Address address) {
        this.host = host;
        this.address = address;
        this.engineOptions = EngineOptions.of(address);
    }

    /** The watcher, which does nothing yet. */
    public PodmanWatcher build() {
        return new PodmanWatcher(this);
    }

    /** What the host is called; else it is named after the machine at its address. */
    public PodmanWatcherBuilder host(HostName name) {
        host = name;
        return this;
    }

    /** When to try again after a failure; else never. */
    public PodmanWatcherBuilder backoff(Backoff when) {
        backoff = when;
        return this;
    }

    /** The process of Podman's API service, where it is known better than from the socket. */
    public PodmanWatcherBuilder enginePid(int pid) {
        engineOptions = engineOptions.withPid(pid);
        return this;
    }

    /** What to take from each inspect document into the container; else nothing but what is always taken. */
    public PodmanWatcherBuilder inspectFields(InspectPacker packer) {
        engineOptions = engineOptions.withPacker(packer);
        return this;
    }

    /**
     * How long Podman has to accept a connection, and to answer; else 5 and 30 s.
     *
     * @throws IllegalArgumentException if one isn't positive
     */
    public PodmanWatcherBuilder timeouts(Duration connect, Duration request) {
        engineOptions = engineOptions.withTimeouts(connect, request);
        return this;
    }

    /** How connections are opened; else plainly, which reaches local sockets and TCP ports. */
    public PodmanWatcherBuilder dialer(Dialer opening) {
        dialer = opening;
        return this;
    }

    /** How often to compare with a list although all seems well; else every minute. */
    public PodmanWatcherBuilder resyncInterval(Duration interval) {
        resync = interval;
        return this;
    }

    /** How often to ask whether Podman is still there; else every 10 s. Two questions without an answer end a connection. */
    public PodmanWatcherBuilder pingInterval(Duration interval) {
        ping = interval;
        return this;
    }

    /** Further actions of Podman's to be reported as events, for instance {@code oom}; else none but the changes of state. */
    public PodmanWatcherBuilder actions(String... podmansActions) {
        actions = new Options.Actions(false, Set.of(podmansActions));
        return this;
    }

    /** Which containers are in the portfolio and the events; else all. */
    public PodmanWatcherBuilder filter(ContainerFilter containers) {
        filter = containers;
        return this;
    }

    /** How many changes, and about how many bytes of them, may wait in each {@link Events}; else 8192 and 64 MiB. */
    public PodmanWatcherBuilder queue(int changes, long bytes) {
        queue = new Subscribers.Queue(changes, bytes);
        return this;
    }

    /** All about the core at once, in place of the backoff, the intervals and the actions. */
    public PodmanWatcherBuilder options(Options all) {
        options = all;
        return this;
    }

    /** Makes an engine for each connection, without connecting it, in place of Podman's own by this builder's settings. */
    public PodmanWatcherBuilder engines(Supplier<? extends Engine> making) {
        engines = making;
        return this;
    }

    /** Goes on where an earlier watcher left off; else, and if it is null, the trail begins now. */
    public PodmanWatcherBuilder checkpoint(@Nullable Checkpoint checkpoint) {
        stored = checkpoint;
        return this;
    }

    /** Shares threads with other watchers; whoever made them closes them, after all watchers. */
    public PodmanWatcherBuilder runtime(HostRuntime threads) {
        runtime = threads;
        return this;
    }

    /** Gives everything, with what is to be stored for resuming, to {@code all}, before any {@link Events}. */
    public PodmanWatcherBuilder sink(Sink all) {
        sink = all;
        return this;
    }

    /** Counts there what happens to the host, in place of a count that nobody reads. */
    public PodmanWatcherBuilder metrics(HostMetrics figures) {
        metrics = figures;
        return this;
    }

    HostMetrics metrics() {
        return metrics;
    }

    HostName host() {
        return host;
    }

    Address address() {
        return address;
    }

    Subscribers.Queue queue() {
        return queue;
    }

    @Nullable
    Checkpoint stored() {
        return stored;
    }

    @Nullable
    HostRuntime runtime() {
        return runtime;
    }

    @Nullable
    Sink sink() {
        return sink;
    }

    HostRuntime newRuntime() {
        return new HostRuntime("podman-" + host, UnaryOperator.identity(), Clocks.SYSTEM);
    }

    Supplier<? extends Engine> engines() {
        if (engines != null) {
            return engines;
        }
        HostMetrics figures = metrics;
        var badLines = new BadLineLog(host, () -> figures.count(HostMetrics.Counter.BAD_LINES));
        EngineOptions settings = engineOptions.describing(options()::describes);
        Dialer opening = dialer;
        return () -> new PodmanEngine(settings, opening, badLines);
    }

    Options options() {
        return options != null
                ? options
                : new Options(
                        OVERLAP.toNanos(),
                        resync.toNanos(),
                        Options.DEFAULT_SETTLE_NS,
                        ping.toNanos(),
                        0,
                        backoff,
                        Options.SnapshotMode.INITIAL,
                        Options.OnGap.RECONCILE,
                        true,
                        actions,
                        filter,
                        new SplittableRandom().nextLong());
    }
}
