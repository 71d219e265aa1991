package io.github.sealwatcher.host;

import io.github.sealwatcher.PodmanWatcher;
import io.github.sealwatcher.engine.Engine;
import io.github.sealwatcher.engine.EngineException;
import io.github.sealwatcher.fault.FakeContainer;
import io.github.sealwatcher.fault.FakePodman;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.ObservedContainer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How many look-ups at once a host is best asked for. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@State(Scope.Benchmark)
public class LookupBench {

    private static final int CONTAINERS = 200;

    @Param({"1", "2", "4", "8"})
    public int inFlight;

    /** How long an answer is on its way, on top of what the engine takes. */
    @Param({"0", "50"})
    public long latencyMs;

    /** A real Podman with some containers; the scripted one if empty. */
    @Param("")
    public String uri;

    private final HostRuntime runtime = new HostRuntime("bench", UnaryOperator.identity(), Clocks.SYSTEM);
    private final FakePodman scripted = FakePodman.start();
    private volatile boolean ended;
    private Engine engine;
    private List<ContainerId> ids;

    @Setup
    public void fill() throws EngineException {
        for (int i = 0; i < CONTAINERS && uri.isEmpty(); i++) {
            scripted.host().run(FakeContainer.created("c" + i));
        }
        engine = PodmanWatcher.at(uri.isEmpty() ? scripted.uri() : uri).build().open();
        ids = engine.list().value().stream().map(ObservedContainer::id).toList();
        scripted.latency(Duration.ofMillis(uri.isEmpty() ? latencyMs : 0));
    }

    @TearDown
    public void close() {
        ended = true;
        engine.close();
        runtime.close();
        scripted.close();
    }

    /** All that a host's list shows, after a restart. */
    @Benchmark
    public void background() throws InterruptedException {
        Lookups lookups = lookUps();
        CountDownLatch done = new CountDownLatch(CONTAINERS);
        for (int i = 0; i < CONTAINERS; i++) {
            lookups.add(i, false, request(i, done));
        }
        done.await();
    }

    /** Ten that events wait for, one after the other, while the background is busy. */
    @Benchmark
    public void tenAwaited() throws InterruptedException {
        Lookups lookups = lookUps();
        for (int i = 0; i < 20 * CONTAINERS; i++) {
            lookups.add(i, false, request(i, new CountDownLatch(1)));
        }
        for (int i = 0; i < 10; i++) {
            CountDownLatch done = new CountDownLatch(1);
            lookups.add("event", true, request(i, done));
            done.await();
        }
        lookups.close();
    }

    private Lookups lookUps() {
        return new Lookups(inFlight, (lookUp, isAwaited) -> {
            if (isAwaited) {
                runtime.runRequest(lookUp);
            } else {
                runtime.runRequestLater(lookUp);
            }
        });
    }

    private Runnable request(int number, CountDownLatch done) {
        return () -> {
            try {
                if (!uri.isEmpty()) {
                    Thread.sleep(latencyMs);
                }
                engine.inspect(ids.get(number % ids.size()));
                done.countDown();
            } catch (EngineException e) {
                // What the background still had in flight at the end is nobody's loss.
                if (!ended) {
                    throw new IllegalStateException(e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }
}
