package io.github.sealwatcher.watch.sim;

/**
 * The core with one thing broken on purpose. Each is a mistake that a watcher of Podman has made, or could: the simulator
 * must catch it, or it proves nothing.
 *
 * @param name what is broken
 * @param file the source file, with its package
 * @param original what stands there, once
 * @param replacement what stands there instead
 * @param from at which seed to begin: those that take long to be caught needn't take long each time
 */
record Mutant(String name, String file, String original, String replacement, int from) {

    Mutant(String name, String file, String original, String replacement) {
        this(name, file, original, replacement, 0);
    }

    @Override
    public String toString() {
        return name;
    }
}
