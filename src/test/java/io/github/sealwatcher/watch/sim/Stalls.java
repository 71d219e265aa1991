package io.github.sealwatcher.watch.sim;

import java.util.ArrayList;
import java.util.List;

/** When the task was paused: what an event waits for comes only after that. */
final class Stalls {

    private final List<Stall> over = new ArrayList<>();
    private int number;
    private long sinceTicks = Line.NEVER;

    private record Stall(long fromTicks, long toTicks) {}

    boolean isOn() {
        return sinceTicks != Line.NEVER;
    }

    /** The task is paused; the number tells this pause from later ones. */
    int begin(long ticks) {
        sinceTicks = Math.min(sinceTicks, ticks);
        return ++number;
    }

    boolean isCurrent(int begun) {
        return begun == number;
    }

    void end(long ticks) {
        if (isOn()) {
            over.add(new Stall(sinceTicks, ticks));
            sinceTicks = Line.NEVER;
        }
    }

    /** What was heard by then has waited for so long at {@code ticks}, not counting the pauses in between. */
    long heardBy(long ticks, long waitNs) {
        long heardTicks = ticks - waitNs;
        for (int i = over.size() - 1; i >= 0 && over.get(i).toTicks > heardTicks; i--) {
            heardTicks -= over.get(i).toTicks - over.get(i).fromTicks;
        }
        return heardTicks;
    }
}
