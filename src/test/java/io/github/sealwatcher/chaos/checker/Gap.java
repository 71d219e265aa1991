package io.github.sealwatcher.chaos.checker;

import io.github.sealwatcher.chaos.world.WallClock;

/**
 * What the host topic says of lost history.
 *
 * @param atNs when it was said, by the clock of the host
 * @param readAtNs when the runner read it
 */
public record Gap(long fromNs, long toNs, long atNs, long readAtNs) {

    boolean covers(long timeNs) {
        return fromNs <= timeNs && timeNs <= toNs;
    }

    @Override
    public String toString() {
        return WallClock.show(atNs) + "  gap from " + WallClock.show(fromNs) + " to " + WallClock.show(toNs);
    }
}
