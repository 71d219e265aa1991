package io.github.sealwatcher.host;

import java.util.concurrent.atomic.LongAdder;

/** One comparison with the host. Written by the core's thread, read by any. */
final class SyncPhase {
    final long beganTicks;
    final boolean snapshot;
    final LongAdder read = new LongAdder();
    volatile long listed;
    final LongAdder reported = new LongAdder();
    volatile boolean compared;
    volatile boolean over;
    volatile boolean logged;

    SyncPhase(long beganTicks, boolean snapshot) {
        this.beganTicks = beganTicks;
        this.snapshot = snapshot;
    }

    long read() {
        return read.sum();
    }

    long listed() {
        return listed;
    }

    long reported() {
        return reported.sum();
    }

    String sentence() {
        double seconds = Math.max(0.001, (System.nanoTime() - beganTicks) / 1e9);
        return snapshot && compared
                ? String.format(
                        "snapshot: %d of %d containers reported in %.0f s, %.0f a second",
                        reported(), listed, seconds, reported() / seconds)
                : String.format(
                        "replay: %d events read from the event log in %.0f s, %.0f a second",
                        read(), seconds, read() / seconds);
    }
}
