package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.watch.state.ClockReading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An input of the core. An answer carries the epoch of the connection that it was asked on; one of an earlier connection
 * is void and changes nothing.
 */
public sealed interface Input {

    /** Time has passed. */
    record Tick() implements Input {}

    /** What belongs to a connection. */
    sealed interface Answer extends Input {

        /** The connection that it was asked on. */
        long epoch();

        /** Calls the handler's method for this kind of answer. */
        void dispatch(Handler handler);
    }

    /** Handles each kind of answer. */
    interface Handler {
        void connected(Connected answer);

        void eventReceived(EventReceived answer);

        void listed(Listed answer);

        void eventReplayed(EventReplayed answer);

        void replayEnded(ReplayEnded answer);

        void containerFound(ContainerFound answer);

        void podFound(PodFound answer);

        void pinged(Pinged answer);

        void lost(Lost answer);
    }

    /**
     * The engine answered.
     *
     * @param reading the host's clock, read from the answer; null if it has none
     */
    record Connected(
            long epoch, EngineIdentity engine, @Nullable ClockReading reading) implements Answer {
        @Override
        public void dispatch(Handler handler) {
            handler.connected(this);
        }
    }

    /** The stream delivered an event. */
    record EventReceived(long epoch, EngineEvent event) implements Answer {
        @Override
        public void dispatch(Handler handler) {
            handler.eventReceived(this);
        }
    }

    /**
     * The containers are listed.
     *
     * @param reading the host's clock, read from the answer: what happened after it was asked may or may not be in the
     *     list; null if the answer has none
     */
    record Listed(long epoch, @Nullable ClockReading reading, List<ObservedContainer> containers) implements Answer {
        public Listed {
            containers = List.copyOf(containers);
        }

        @Override
        public void dispatch(Handler handler) {
            handler.listed(this);
        }
    }

    /** The replay returned an event. */
    record EventReplayed(long epoch, EngineEvent event) implements Answer {
        @Override
        public void dispatch(Handler handler) {
            handler.eventReplayed(this);
        }
    }

    /** The replay came to the end of the log. */
    record ReplayEnded(long epoch) implements Answer {
        @Override
        public void dispatch(Handler handler) {
            handler.replayEnded(this);
        }
    }

    /**
     * A container was asked for.
     *
     * @param found null if it doesn't exist any more
     */
    record ContainerFound(
            long epoch,
            long ticket,
            ContainerId id,
            @Nullable ObservedContainer found) implements Answer {
        @Override
        public void dispatch(Handler handler) {
            handler.containerFound(this);
        }
    }

    /**
     * A pod was asked for.
     *
     * @param pod null if it does not exist any more
     */
    record PodFound(long epoch, long ticket, @Nullable PodRef pod) implements Answer {
        @Override
        public void dispatch(Handler handler) {
            handler.podFound(this);
        }
    }

    /**
     * A ping was answered or not.
     *
     * @param reading the host's clock, read from the answer; null without an answer or a clock in it
     */
    record Pinged(long epoch, boolean answered, @Nullable ClockReading reading) implements Answer {
        @Override
        public void dispatch(Handler handler) {
            handler.pinged(this);
        }
    }

    /**
     * The connection is of no use any more.
     *
     * @param reason a sentence for an operator, without any secret
     */
    record Lost(long epoch, Loss loss, String reason) implements Answer {
        @Override
        public void dispatch(Handler handler) {
            handler.lost(this);
        }
    }

    /** How a connection was lost. */
    enum Loss {
        /** The stream ended as if it was complete, which means only that it is to be opened again. */
        ENDED,
        /** It broke, or couldn't be made. */
        BROKEN,
        /** The engine itself ended a read of its event log with an error. */
        GARBLED,
        /** The engine keeps no event log. */
        NO_EVENT_LOG
    }

    /** Nothing is wanted any more. */
    record Stop() implements Input {}
}
