package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.watch.checkpoint.EventRef;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.Replay;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Distinguishes a log that was begun anew, of which all is new, from that of a host to which the endpoint leads back, which was
 * read before: by what was not written since.
 */
final class ReturningHost {

    /** For longer no host is left unwatched, as far as is believed, while its clock is set back and its log begun anew. */
    private static final long UNWATCHED_NS = 300 * 1_000_000_000L;

    private ReturningHost() {}

    /** How many events of a log without the newest event known can have been read before, if the clock was set back since. */
    static int read(StepContext context, Replay replay, List<EngineEvent> events) {
        EventRef first = replay.first();
        boolean older = first != null
                && first.timeNs() < context.hostEarliestNs() - context.clockSetBackNs - UNWATCHED_NS;
        return older ? events.size() : readUntilStart(context, events);
    }

    /**
     * Behind the last start of a life that was read to begin: a log that was begun anew since does not hold it. While the log cannot
     * be read, the stream brings starts behind what is not read.
     */
    static int readUntilStart(StepContext context, List<EngineEvent> events) {
        Set<String> found = new HashSet<>();
        int behind = 0;
        for (int i = 0; i < events.size(); i++) {
            EngineEvent event = events.get(i);
            if (event.action().equals(Actions.START)
                    && (UnconfirmedLives.isStartOfGone(context, event) || isOfKnown(context, event))
                    && found.add(event.actorId())) {
                behind = i + 1;
            }
        }
        return behind;
    }

    private static boolean isOfKnown(StepContext context, EngineEvent event) {
        LiveContainer known = context.checkpoint.portfolio().alive(Actions.containerId(event));
        return context.clockSetBackNs > 0
                && known != null
                && known.life().announced()
                && known.life().canBe(UnconfirmedLives.begunBy(event));
    }
}
