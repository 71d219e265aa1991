package io.github.sealwatcher.connect.offset;

import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.json.JsonConverter;
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
import org.openjdk.jmh.annotations.Warmup;

/** What a stored checkpoint costs: once per host and batch, however many events the batch has. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class OffsetBench {

    private static final long MONTH_NS = 30 * 86_400_000_000_000L;

    /** How many containers are alive. */
    @Param({"100", "1000", "5000"})
    public int alive;

    private final JsonConverter converter = new JsonConverter();
    private Checkpoint checkpoint;
    private Map<String, Object> offset;

    @Setup
    public void fill() {
        converter.configure(Map.of("schemas.enable", "false"), false);
        checkpoint = ManyContainers.of(alive, alive / 10, MONTH_NS, 100);
        offset = Offsets.encode(checkpoint, ManyContainers.OVERLAP_NS, OffsetNotes.NONE);
        System.out.println("an offset of " + alive + " alive containers takes " + bytes().length + " bytes in JSON");
    }

    /** By us, on the thread that polls. */
    @Benchmark
    public Map<String, Object> encode() {
        return Offsets.encode(checkpoint, ManyContainers.OVERLAP_NS, OffsetNotes.NONE);
    }

    /** By Connect, when it stores the offset. */
    @Benchmark
    public byte[] bytes() {
        return converter.fromConnectData("offsets", null, offset);
    }

    /** By us, once, when a task starts. */
    @Benchmark
    public Checkpoint decode() {
        return Offsets.decode(offset);
    }
}
