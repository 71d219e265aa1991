package io.github.sealwatcher.watch.state;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Origin;
import java.util.Set;

/** What waits to be applied, in order. */
public sealed interface QueueItem {

    /** An item that has nothing to wait for. */
    long NO_TICKET = 0;

    /** The look-up that must be answered first; {@link #NO_TICKET} if none. */
    long ticket();

    /** The pod look-up that must be answered too; {@link #NO_TICKET} if none. */
    default long podTicket() {
        return NO_TICKET;
    }

    /**
     * An event.
     *
     * @param replayed whether a replay brought it, and so brought all that was written before it
     * @param behind whether the log has it behind the start of the life that is known then, whatever it is stamped
     * @param inTrail whether the log has it behind something of its container that is of the trail, and so is it
     */
    record Event(EngineEvent event, boolean replayed, boolean behind, boolean inTrail, long ticket, long podTicket)
            implements QueueItem {

        /** An event of which only the time tells what it is of. */
        public Event(EngineEvent event, boolean replayed, long ticket, long podTicket) {
            this(event, replayed, false, false, ticket, podTicket);
        }

        /** The same, known to stand behind the start of the life that is known. */
        public Event behindStart() {
            return new Event(event, replayed, true, inTrail, ticket, podTicket);
        }

        /** The same, known to be of the trail. */
        public Event ofTrail() {
            return new Event(event, replayed, behind, true, ticket, podTicket);
        }
    }

    /**
     * A difference that is believed.
     *
     * @param beganNs up to when what is alive is reported as it is found
     */
    record Report(Difference difference, Origin origin, long askedAtNs, long beganNs, long ticket)
            implements QueueItem {}

    /** The log was replayed: time to compare. */
    record Compare() implements QueueItem {
        @Override
        public long ticket() {
            return NO_TICKET;
        }
    }

    /**
     * All that is believed is reported.
     *
     * @param suspects what is not believed yet
     */
    record Close(Set<String> suspects) implements QueueItem {
        @Override
        public long ticket() {
            return NO_TICKET;
        }
    }
}
