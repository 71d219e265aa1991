package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.Observed;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Applies what is queued, in order, as soon as the look-ups that it waits for are answered. */
final class QueueProcessor {

    private QueueProcessor() {}

    /** Takes in what waits, as far as nothing is missing. */
    static void drain(Turn turn) {
        for (Item item = turn.pending.ready(); item != null; item = turn.pending.ready()) {
            Observed answer = turn.pending.answer(item);
            turn.pending = turn.pending.next();
            if (item instanceof Item.Event event) {
                event(turn, event, answer);
            } else if (item instanceof Item.Tell tell) {
                Telling.tell(turn, tell, answer);
            } else if (item instanceof Item.Compare) {
                Rounds.compare(turn);
            } else if (item instanceof Item.Close close) {
                Rounds.close(turn, close);
            }
        }
    }

    /** Takes in what was read, with what is known of the containers without asking. */
    static void drainUnread(Turn turn, Round.Recalling recalling) {
        CollectedEvents deep = recalling.deep();
        if (deep != null && recalling.replay().newest().found()) {
            DeepReplay.sort(turn, recalling, deep);
        }
        for (Item item : turn.pending.queue()) {
            if (item instanceof Item.Event event) {
                event(turn, event, turn.pending.answer(item));
            }
        }
    }

    private static void event(Turn turn, Item.Event item, @Nullable Observed answer) {
        EngineEvent event = item.event();
        boolean container =
                event.type().equals(Actions.CONTAINER) && !event.actorId().isEmpty();
        if (container) {
            ResyncRequests.touch(turn, event);
            new Fold(turn, item, answer).apply();
            return;
        }
        boolean system = event.type().equals(Actions.SYSTEM);
        if (system && event.action().equals(Actions.LOG_ROTATION)) {
            turn.checkpoint = turn.checkpoint.cut();
        }
        turn.having(event, system);
        if (event.type().equals(Actions.POD)) {
            Fold.pod(turn, event);
        } else if (system && event.action().equals(Actions.LOG_ROTATION)) {
            turn.emit(HostChange.of(HostChange.Type.LOG_ROTATED, event.timeNs(), null));
        } else if (system && event.action().equals(Actions.REFRESH)) {
            turn.checkpoint = turn.checkpoint.with(turn.checkpoint.portfolio().continued(event.timeNs(), Set.of()));
        }
    }
}
