package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.watch.state.QueueItem;

/** What the core wants done. Each request is answered by an input with the same epoch, or by {@link Input.Lost}. */
public sealed interface Output {

    /** Open a connection and identify the engine. */
    record Connect(long epoch) implements Output {}

    /** End everything of this connection. */
    record Disconnect(long epoch) implements Output {}

    /** List all containers. */
    record ListAll(long epoch) implements Output {}

    /** Read what the log holds strictly after {@code sinceNs}, to its end. */
    record Replay(long epoch, long sinceNs) implements Output {}

    /** Read what the log holds strictly after {@code sinceNs}, and then what is written from now on. */
    record Follow(long epoch, long sinceNs) implements Output {}

    /** Read what is written from now on, without touching what was written before. */
    record FollowNew(long epoch) implements Output {}

    /**
     * Ask for one container.
     *
     * @param ticket identifies the answer; {@link QueueItem#NO_TICKET} if no event waits for it: then it is of the least urgency
     * @param listed as a list shows it
     * @param inspected as an inspect shows it
     */
    record Lookup(long epoch, long ticket, ContainerId id, boolean listed, boolean inspected) implements Output {}

    /** Ask for the name of one pod. */
    record LookupPod(long epoch, long ticket, String podId) implements Output {}

    /** Ask whether the engine is still there. */
    record Ping(long epoch) implements Output {}

    /** Give this out. */
    record Emit(Emission emission) implements Output {}

    /** Stop for good: no retry is wanted or will help. */
    record GiveUp(String reason) implements Output {}
}
