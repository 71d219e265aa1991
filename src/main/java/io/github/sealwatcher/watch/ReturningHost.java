package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.watch.state.Actions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Distinguishes a log that was begun anew, of which all is new, from that of a host to which the endpoint leads back, which was
 * read before: by what was not written since.
 */
final class ReturningHost {

    private ReturningHost() {}

    /**
     * Behind the last start of a life that was read to begin, and reported as ended because its host was gone: a log that was begun
     * anew since does not hold it. While the log cannot be read, the stream brings starts behind what is not read.
     */
    static int readUntilStart(StepContext context, List<EngineEvent> events) {
        Set<String> found = new HashSet<>();
        int behind = 0;
        for (int i = 0; i < events.size(); i++) {
            EngineEvent event = events.get(i);
            if (event.action().equals(Actions.START)
                    && UnconfirmedLives.isStartOfGone(context, event)
                    && found.add(event.actorId())) {
                behind = i + 1;
            }
        }
        return behind;
    }
}
