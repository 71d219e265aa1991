package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.Difference;
import io.github.sealwatcher.watch.state.ResyncPhase;
import java.util.Set;

/** Asks for a resync, and marks what makes the list of the one under way too old. */
final class ResyncRequests {

    private ResyncRequests() {}

    /**
     * Begins a resync now.
     *
     * @param holding whether what the stream brings must wait until the log was replayed
     */
    static void begin(StepContext context, boolean holding) {
        begin(context, Set.of(), holding);
    }

    static void begin(StepContext context, Set<String> suspects, boolean holding) {
        if (context.connection instanceof Connection.Connected connected) {
            context.resyncRequested = false;
            context.connection = connected.withResync(new ResyncPhase.Listing(suspects, holding));
            context.request(new Output.ListAll(context.epoch));
        }
    }

    /** Requests a resync as soon as possible; if one is under way, right after it. */
    static void request(StepContext context, boolean holding) {
        if (context.connection instanceof Connection.Connected connected) {
            ResyncPhase phase = connected.resync();
            if (phase instanceof ResyncPhase.Idle || (phase instanceof ResyncPhase.Settling && holding)) {
                begin(context, holding);
            } else {
                context.resyncRequested = true;
            }
        }
    }

    /**
     * Has the next replay look further back if it would not reach a life that a list shows and no event did: the log may hold
     * it, stamped by a clock that was set back and forward again between two answers. A gap that was reported explains it.
     */
    static void readFurtherBack(StepContext context, Difference difference) {
        boolean begins = difference instanceof Difference.Appeared || difference instanceof Difference.Missed;
        if (begins
                && context.checkpoint.gap() == null
                && difference.earliestNs()
                        < context.checkpoint.replaySinceNs(context.options.overlapNs(), context.hostEarliestNs())) {
            context.logOrder = true;
        }
    }

    /** Whether what the stream delivers must wait: the replay has to return first what the stream skipped. */
    static boolean isHolding(StepContext context, Connection.Connected connected) {
        ResyncPhase phase = connected.resync();
        return context.resyncRequested
                || (phase instanceof ResyncPhase.Listing listing && listing.holding())
                || (phase instanceof ResyncPhase.Replaying replaying && replaying.holding());
    }

    /**
     * A list is too old for a container of which an event is newer; by how much depends on how late events are written. An
     * event from the future is from before a step of the clock.
     */
    static void noteChange(StepContext context, EngineEvent event) {
        if (!(context.connection instanceof Connection.Connected connected)
                || !Actions.isOfContainer(event)
                || !Actions.COMPARED.contains(event.action())
                || event.timeNs() > context.hostLatestNs() + context.options.overlapNs() / 2
                // The list was made when it was back.
                || context.cache.isFromBeforeItVanished(Actions.containerId(event), event.timeNs())) {
            return;
        }
        if (connected.resync() instanceof ResyncPhase.Replaying replaying
                && event.timeNs() >= replaying.list().askedAtNs() - context.options.overlapNs() / 2) {
            if (event.action().equals(Actions.CREATE) && replaying.list().get(Actions.containerId(event)) != null) {
                // A list that shows a container was made after its creation.
                return;
            }
            context.connection =
                    connected.withResync(replaying.with(replaying.outdated().plus(event)));
        } else if (connected.resync() instanceof ResyncPhase.Listing listing
                && event.timeNs() >= context.hostEarliestNs() - context.options.overlapNs() / 2) {
            context.connection = connected.withResync(new ResyncPhase.Listing(
                    listing.suspects(), listing.holding(), listing.outdated().plus(event)));
        }
    }
}
