package io.github.sealwatcher.host;

import io.github.sealwatcher.model.Origin;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What the metrics of a host cost an event: all that is counted on its way, a batch's figures among them, and the same way
 * without. Whether they are registered changes nothing on that way: they are worked out when they are read.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MetricsBench {
    private static final int BATCH = 100;

    @Param({"false", "true"})
    private boolean counted;

    private final HostMetrics metrics = new HostMetrics();
    private final RecentStatistics batches = new RecentStatistics();

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void event(Blackhole sink) {
        for (int i = 0; i < BATCH; i++) {
            sink.consume(i);
            if (counted) {
                metrics.countEvent(Origin.LIVE);
            }
        }
        if (counted) {
            metrics.lagMs().record(BATCH);
            metrics.lagMs().record(1);
            metrics.offsetBytes(BATCH);
            batches.record(BATCH);
        }
    }
}
