package io.github.sealwatcher.connect;

import io.github.sealwatcher.watch.Checkpoint;

/** Lets the simulator's restarts go through the offset as Connect stores it. */
public final class OffsetBridge {

    private OffsetBridge() {}

    /** What a restart finds of a checkpoint. */
    public static Checkpoint reread(Checkpoint full, long overlapNs) {
        return Offsets.decode(Offsets.encode(full, overlapNs));
    }
}
