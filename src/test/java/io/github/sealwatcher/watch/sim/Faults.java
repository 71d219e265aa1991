package io.github.sealwatcher.watch.sim;

import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * How often what goes wrong.
 *
 * @param rates the probability of each fault per simulated action; one that isn't in here doesn't happen
 * @param exactlyOnce whether what was given out and its checkpoint survive a crash together
 */
record Faults(Map<Fault, Double> rates, boolean exactlyOnce) {

    Faults {
        rates = Map.copyOf(rates);
    }

    static Faults none() {
        return of(EnumSet.noneOf(Fault.class));
    }

    /** What history survives: nothing may be lost, and nothing has to be inferred. */
    static Faults harmless() {
        Set<Fault> harmless = EnumSet.allOf(Fault.class);
        harmless.removeIf(fault -> fault.losing);
        return of(harmless);
    }

    /** All of them. */
    static Faults all() {
        return of(EnumSet.allOf(Fault.class));
    }

    private static Faults of(Set<Fault> faults) {
        Map<Fault, Double> rates = new EnumMap<>(Fault.class);
        faults.forEach(fault -> rates.put(fault, fault.probability));
        return new Faults(rates, true);
    }

    Faults without(Collection<Fault> others) {
        Map<Fault, Double> fewer = new EnumMap<>(Fault.class);
        fewer.putAll(rates);
        others.forEach(fewer::remove);
        return new Faults(fewer, exactlyOnce);
    }

    Faults atLeastOnce() {
        return new Faults(rates, false);
    }

    /**
     * Every other time all of them, else some only: one fault often hides what another does, and the fewer there are the
     * less a checker has to excuse.
     */
    Faults some(SplittableRandom random) {
        if (random.nextBoolean()) {
            return this;
        }
        Map<Fault, Double> some = new EnumMap<>(Fault.class);
        for (Fault fault : Fault.values()) {
            if (random.nextInt(3) == 0 && rates.containsKey(fault)) {
                some.put(fault, rate(fault));
            }
        }
        return new Faults(some, exactlyOnce);
    }

    double rate(Fault fault) {
        return rates.getOrDefault(fault, 0.0);
    }

    /** Whether history can be lost. */
    boolean losesHistory() {
        return rates.keySet().stream().anyMatch(fault -> fault.losing);
    }
}
