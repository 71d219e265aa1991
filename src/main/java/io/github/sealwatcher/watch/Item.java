package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Origin;
import java.util.Set;

/** What waits to be taken in, in order. */
sealed interface Item {

    /** An item that has nothing to wait for. */
    long NO_TICKET = 0;

    /** The look-up that must be answered first; {@link #NO_TICKET} if none. */
    long ticket();

    /** An event. */
    record Event(EngineEvent event, long ticket) implements Item {}

    /** A difference that is believed. */
    record Tell(Difference difference, Origin origin, long askedAtNs, long ticket) implements Item {}

    /** History was re-read: time to compare. */
    record Compare() implements Item {
        @Override
        public long ticket() {
            return NO_TICKET;
        }
    }

    /** All that is believed is told. */
    record Close(Set<String> suspects) implements Item {
        @Override
        public long ticket() {
            return NO_TICKET;
        }
    }
}
