package io.github.sealwatcher.connect.offset;

import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.DedupWindow;
import java.util.Map;

/** Lets the simulator's restarts go through the offset as Connect stores it. */
public final class OffsetBridge {

    private OffsetBridge() {}

    /**
     * What a restart finds of a checkpoint.
     *
     * @param keys how many events an offset remembers at most
     */
    public static Checkpoint reread(Checkpoint full, long overlapNs, int keys) {
        Checkpoint limited = new Checkpoint(
                new Checkpoint.ReadPosition(
                        full.positionNs(),
                        full.newestEvent(),
                        full.lastReplayed(),
                        DedupWindow.restored(full.storedKeys(overlapNs, keys)),
                        full.read().setBackNs(),
                        full.read().former()),
                full.portfolio(),
                full.coverage(),
                full.filter(),
                full.engineVersion());
        return Offsets.decode(Offsets.encode(keys < 4096 ? limited : full, overlapNs, OffsetNotes.NONE));
    }

    /** What an operator writes who wants everything from then on. */
    public static Checkpoint from(long timeNs) {
        return Offsets.decode(Map.of(Offsets.TIME, timeNs));
    }
}
