package io.github.sealwatcher.host;

import io.github.sealwatcher.watch.state.Now;
import java.time.Instant;

/** Where the core's time comes from. Thread-safe. */
@FunctionalInterface
public interface Clocks {

    /** The machine's clocks. */
    Clocks SYSTEM = () -> {
        Instant wall = Instant.now();
        return new Now(
                Math.addExact(Math.multiplyExact(wall.getEpochSecond(), 1_000_000_000L), wall.getNano()),
                System.nanoTime());
    };

    /** The present moment. */
    Now now();
}
