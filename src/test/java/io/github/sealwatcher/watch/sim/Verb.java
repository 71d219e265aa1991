package io.github.sealwatcher.watch.sim;

import java.util.Locale;

/** What a move of a script does. Times are milliseconds; {@code c} is a container's number. */
enum Verb {
    /** Our process starts for the first time. */
    WATCH(0),
    /** {@code create c pod rm}: pod 0 is none; rm 1 means that it is removed when it ends. */
    CREATE(3),
    /** {@code start c late}: its event is written {@code late} behind its time stamp. */
    START(2),
    /** {@code die c code late}. */
    DIE(3),
    /** {@code pause c late}. */
    PAUSE(2),
    /** {@code unpause c late}. */
    UNPAUSE(2),
    /** {@code remove c late}: if it is alive its end comes first. */
    REMOVE(2),
    /** {@code flap c times}: ends and starts that often, 30 ms apart. */
    FLAP(2),
    /** {@code vanish c}: killed together with the process that would note it. */
    VANISH(1),
    /** {@code rename c n}: it bears another name from now on. */
    RENAME(2),
    /** {@code stop c span}: it is being stopped, and ends after that; never if whoever would note it is gone. */
    STOP(2),
    /** {@code checkpoint c leave}: it is frozen into an image and ends, without an end of its own in the log; or goes on. */
    CHECKPOINT(2),
    /** {@code restore c}: it goes on from there, with the start time that it had. */
    RESTORE(1),
    /** {@code migrate c age}: a container that began so long ago elsewhere is restored here. */
    MIGRATE(2),
    /** {@code commit n}: so many emissions reach the topics. */
    COMMIT(1),
    /** The connection breaks. */
    DROP(0),
    /** The connection brings nothing any more. */
    HANG(0),
    /** {@code leave span}: the engine is away. */
    LEAVE(1),
    /** {@code crash span}: our process is killed and started again after that. */
    CRASH(1),
    /** {@code stall span}: the task is paused. */
    STALL(1),
    /** {@code rewind span}: the offset is set to so long before now. */
    REWIND(1),
    /** The offset is deleted. */
    RESET(0),
    /** The log is cut. */
    ROTATE(0),
    /** The log is deleted. */
    DELETE(0),
    /** The host restarts. */
    REBOOT(0),
    /** A line that isn't an event. */
    POISON(0),
    /** The next event's line is cut short. */
    GARBLE(0),
    /** {@code log on}: 0 means that Podman keeps no event log from now on, 1 that it does again. */
    LOG(1),
    /** {@code clock step}: the host's clock is set forward, or back if negative. */
    CLOCK(1),
    /** {@code ours step}: the worker's clock is set, if it isn't the host's. */
    OURS(1),
    /** {@code config knob value}: the connector is configured otherwise, and starts again. */
    CONFIG(2),
    /** {@code upgrade version}: the engine becomes another version in place. */
    UPGRADE(1),
    /** {@code failover machine}: the endpoint leads to another host from now on. */
    FAILOVER(1);

    final int arity;

    Verb(int arity) {
        this.arity = arity;
    }

    /** Whether its first argument is a container. */
    boolean isOfContainer() {
        return compareTo(CREATE) >= 0 && compareTo(MIGRATE) <= 0;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
