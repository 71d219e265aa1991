package io.github.sealwatcher.watch.sim;

/**
 * How often what goes wrong, each as a probability per simulated action.
 *
 * @param lateWrite an event is written up to 1.2 s behind its time stamp
 * @param drop the connection breaks
 * @param hang the connection stays and nothing comes any more
 * @param outage the engine is away for a while
 * @param crash our process is killed and started again
 * @param rotation the log is cut to its newer half
 * @param deletion the log is deleted
 * @param reboot the host restarts: all containers end unseen and the log is gone
 * @param poison the log gets a line that Podman can't read, at which every re-read breaks
 * @param exactlyOnce whether what was given out and its checkpoint survive a crash together
 */
record Faults(
        double lateWrite,
        double drop,
        double hang,
        double outage,
        double crash,
        double rotation,
        double deletion,
        double reboot,
        double poison,
        boolean exactlyOnce) {

    static Faults none() {
        return new Faults(0, 0, 0, 0, 0, 0, 0, 0, 0, true);
    }

    /** What history survives: nothing may be lost, and nothing has to be inferred. */
    static Faults harmless() {
        return new Faults(0.1, 0.02, 0.005, 0.01, 0.02, 0.02, 0, 0, 0, true);
    }

    /** All of them. */
    static Faults all() {
        return new Faults(0.1, 0.02, 0.005, 0.01, 0.02, 0.02, 0.004, 0.004, 0.004, true);
    }

    Faults atLeastOnce() {
        return new Faults(lateWrite, drop, hang, outage, crash, rotation, deletion, reboot, poison, false);
    }

    /** Whether history can be lost. */
    boolean losesHistory() {
        return deletion > 0 || reboot > 0 || poison > 0;
    }
}
