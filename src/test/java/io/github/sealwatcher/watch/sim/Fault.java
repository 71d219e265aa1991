package io.github.sealwatcher.watch.sim;

/** What can go wrong, with its usual probability per simulated action, or per run. */
enum Fault {
    /** An event is written up to 1.2 s behind its time stamp. */
    LATE_WRITE(0.1, false),
    /** The connection breaks. */
    DROP(0.02, false),
    /** The connection stays and nothing comes any more. */
    HANG(0.005, false),
    /** The engine is away for a while. */
    OUTAGE(0.01, false),
    /** Our process is killed and started again. */
    CRASH(0.02, false),
    /** The log is cut to its newer half; it still holds the last two minutes unless history is to be lost. */
    ROTATION(0.02, false),
    /** The log is cut again and again within a second. */
    ROTATIONS(0.004, false),
    /** A restart policy starts a container that ends at once, several times within a second. */
    FLAP(0.02, false),
    /** The container and the process that would note its end are killed together: Podman says that it runs. */
    UNSEEN_KILL(0.01, false),
    /** The task is paused for up to two minutes; nothing is taken from it. */
    PAUSE(0.003, false),
    /** The clock is corrected by up to 4.5 s, forward or back. */
    NUDGE(0.01, false),
    /** An operator sets the offset to an earlier moment. */
    REWIND(0.004, false),
    /** An operator deletes the offset. */
    RESET(0.002, false),
    /** The log is deleted. */
    DELETION(0.004, true),
    /** The host restarts: all containers end unseen and the log is gone. */
    REBOOT(0.004, true),
    /** The log gets a line that isn't an event, at which older Podmans end or fail, at every re-read. */
    POISON(0.004, true),
    /** The line of an event is cut short; Podmans that survive that leave the event out. */
    GARBLE(0.004, true),
    /** Podman is configured to keep no event log, for a while or for good. */
    NO_LOG(0.004, true),
    /** The clock is set back by up to an hour; nothing is lost if we see it. */
    CLOCK_BACK(0.003, false),
    /** The clock is set forward by up to an hour. */
    CLOCK_FORWARD(0.003, false),
    /** The worker's own clock is set, forward or back, by up to a day. */
    OURS(0.004, false),
    /** The engine becomes another version in place. */
    UPGRADE(0.004, false),
    /** The endpoint leads to another host, which knows nothing of this one's containers, and perhaps back. */
    FAILOVER(0.003, true),
    /** A container gets another name. */
    RENAME(0.01, false),
    /** A container is checkpointed, and perhaps restored. */
    CHECKPOINT(0.01, false),
    /** A container is stopped, which takes it a while. */
    STOP(0.02, false),
    /** What was killed unseen is stopped, which never ends. */
    STUCK(0.1, true),
    /** A container comes from another host as it is. */
    MIGRATE(0.003, false),
    /** In so many runs the worker's clock is another than the host's by seconds to a day, all the time. */
    SKEW(0.5, false),
    /** In so many runs nothing is inspected. */
    NO_INSPECT(0.1, false),
    /** In so many runs further actions are told. */
    INCLUDE(0.2, false),
    /** In so many runs inspects are slow. */
    SLOW_INSPECT(0.12, false),
    /** In so many runs inspects fail now and then. */
    FAILED_INSPECT(0.12, false),
    /** In so many runs streams end at once now and then. */
    SHORT_STREAM(0.1, false),
    /** In so many runs an offset remembers few events only. */
    FEW_KEYS(0.05, false),
    /** In so many runs a gap ends the task. */
    GAP_FAILS(0.05, false),
    /** In so many runs everything alive is told at every start, or nothing at first sight. */
    SNAPSHOT_MODE(0.08, false),
    /** In so many runs some containers are left out. */
    FILTER(0.12, false),
    /** The connector is configured otherwise. */
    CONFIG(0.003, false);

    final double probability;
    /** Whether history can lose something by it. */
    final boolean losing;

    Fault(double probability, boolean losing) {
        this.probability = probability;
        this.losing = losing;
    }
}
