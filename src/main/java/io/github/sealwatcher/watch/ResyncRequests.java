package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import java.util.Set;

/** Asks for a resync, and marks what makes the list of the one under way too old. */
final class ResyncRequests {

    private ResyncRequests() {}

    /**
     * Begins a round now.
     *
     * @param holding whether what the stream brings must wait until history was re-read
     */
    static void begin(Turn turn, boolean holding) {
        begin(turn, Set.of(), holding);
    }

    static void begin(Turn turn, Set<String> suspects, boolean holding) {
        if (turn.link instanceof Link.Linked linked) {
            turn.again = false;
            turn.link = linked.in(new Round.Listing(suspects, holding));
            turn.request(new Output.ListAll(turn.epoch));
        }
    }

    /** Wants a round as soon as possible; if one is under way, right after it. */
    static void want(Turn turn, boolean holding) {
        if (turn.link instanceof Link.Linked linked) {
            Round round = linked.round();
            if (round instanceof Round.Idle || (round instanceof Round.Settling && holding)) {
                begin(turn, holding);
            } else {
                turn.again = true;
            }
        }
    }

    /** Whether what the stream brings must wait: history has to bring first what the stream skipped. */
    static boolean isHolding(Turn turn, Link.Linked linked) {
        Round round = linked.round();
        return turn.again
                || (round instanceof Round.Listing listing && listing.holding())
                || (round instanceof Round.Recalling recalling && recalling.holding());
    }

    /**
     * A list is too old for a container of which an event says more; by how much depends on how late events are written. An
     * event from the future is from before a step of the clock.
     */
    static void touch(Turn turn, EngineEvent event) {
        if (turn.link instanceof Link.Linked linked
                && linked.round() instanceof Round.Recalling recalling
                && event.timeNs() >= recalling.listing().askedAtNs() - turn.options.overlapNs() / 2
                && event.timeNs() <= turn.hostLatestNs() + turn.options.overlapNs() / 2
                && event.type().equals(Actions.CONTAINER)
                && !event.actorId().isEmpty()
                && Actions.COMPARED.contains(event.action())) {
            ContainerId id = new ContainerId(event.actorId());
            boolean turns =
                    event.action().equals(Actions.PAUSE) || event.action().equals(Actions.UNPAUSE);
            turn.link = linked.in(turns ? recalling.turning(id) : recalling.touching(id));
        }
    }
}
