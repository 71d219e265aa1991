package io.github.sealwatcher.mutant;

/**
 * A mutant outside of what the simulator plays, and the unit test that must fail by it.
 *
 * @param test the test class, with its package
 * @param method the test; it must pass without the mutant
 */
record UnitMutant(Mutant mutant, String test, String method) {

    UnitMutant(String name, String file, String original, String replacement, String test, String method) {
        this(new Mutant(name, file, original, replacement), test, method);
    }

    @Override
    public String toString() {
        return mutant.name();
    }
}
