package io.github.sealwatcher.watch;

/** Chance without a state of its own: the same bits in give the same bits out. */
final class Jitter {

    private Jitter() {}

    /** Spreads {@code bits} evenly over all 64 bits (the finalizer of SplitMix64). */
    static long mix(long bits) {
        long z = bits + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Any span up to {@code maxNs}: what begins together is spread evenly over that span. */
    static long within(long maxNs, long bits) {
        return maxNs <= 0 ? maxNs : Math.floorMod(mix(bits), maxNs) + 1;
    }

    /** A span of {@code aroundNs} plus or minus a tenth. */
    static long around(long aroundNs, long bits) {
        long tenth = aroundNs / 10;
        return tenth == 0 ? aroundNs : aroundNs - tenth + Math.floorMod(mix(bits), 2 * tenth);
    }
}
