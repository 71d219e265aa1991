package io.github.sealwatcher.chaos.world;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Draws from the seed; each thread has one of its own. */
public final class SeededRandom {
    private final SplittableRandom random;

    public SeededRandom(SplittableRandom random) {
        this.random = random;
    }

    public SeededRandom another() {
        return new SeededRandom(random.split());
    }

    /** One of the keys, each as often as its weight says. */
    public <T extends Enum<T>> T draw(Map<T, Integer> weights) {
        int rest = random.nextInt(
                weights.values().stream().mapToInt(Integer::intValue).sum());
        // The order of Map.of differs from one JVM to the next.
        for (Map.Entry<T, Integer> entry : new TreeMap<>(weights).entrySet()) {
            rest -= entry.getValue();
            if (rest < 0) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("no weight");
    }

    /** From {@code min} to {@code max}, both included. */
    public int number(int min, int max) {
        return random.nextInt(min, max + 1);
    }

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    public long seed() {
        return random.nextLong();
    }
}
