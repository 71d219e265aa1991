package io.github.sealwatcher.chaos.nemesis;

import io.github.sealwatcher.testkit.Command;

/** Stops a process as it is, with its connections and locks, and lets it go on. */
final class Freeze {

    private Freeze() {}

    static void freeze(long pid) {
        Command.run("kill", "-STOP", Long.toString(pid));
    }

    static void thaw(long pid) {
        Command.run("kill", "-CONT", Long.toString(pid));
    }
}
