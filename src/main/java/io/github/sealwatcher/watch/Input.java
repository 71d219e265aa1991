package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.Observed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the core is told. An answer carries the epoch of the connection that it was asked on; one of an earlier connection
 * means nothing any more and changes nothing.
 */
public sealed interface Input {

    /** Time has passed. */
    record Tick() implements Input {}

    /** The engine answered. */
    record Connected(long epoch, EngineIdentity engine) implements Input {}

    /** The followed stream brought an event. */
    record Heard(long epoch, EngineEvent event) implements Input {}

    /**
     * The containers are listed.
     *
     * @param askedAtNs when the list was asked for, by our wall clock: what happened later may or may not be in it
     */
    record Listed(long epoch, long askedAtNs, List<Observed> containers) implements Input {
        public Listed {
            containers = List.copyOf(containers);
        }
    }

    /** History brought an event. */
    record Recalled(long epoch, EngineEvent event) implements Input {}

    /** History has no more. */
    record RecallEnded(long epoch) implements Input {}

    /**
     * A container was asked for.
     *
     * @param found null if it doesn't exist any more
     */
    record LookedUp(
            long epoch,
            long ticket,
            ContainerId id,
            @Nullable Observed found) implements Input {}

    /** A ping was answered or not. */
    record Pinged(long epoch, boolean answered) implements Input {}

    /**
     * The connection is of no use any more.
     *
     * @param reason a sentence for an operator, without any secret
     */
    record Lost(long epoch, Loss loss, String reason) implements Input {}

    /** How a connection was lost. */
    enum Loss {
        /** The stream ended as if it was complete, which means only that it is to be opened again. */
        ENDED,
        /** It broke, or couldn't be made. */
        BROKEN,
        /** The engine keeps no event log. */
        NO_HISTORY
    }

    /** Nothing is wanted any more. */
    record Stop() implements Input {}
}
