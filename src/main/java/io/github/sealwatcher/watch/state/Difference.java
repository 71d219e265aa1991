package io.github.sealwatcher.watch.state;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.RunState;
import org.jspecify.annotations.Nullable;

/** Something in which a list and what is known don't agree. */
public sealed interface Difference {

    /** The container in question. */
    ContainerId id();

    /** Equal for the same difference seen twice. */
    String signature();

    /**
     * The earliest moment of what it shows, in nanoseconds since 1970; {@link Long#MAX_VALUE} if it is unknown.
     */
    default long earliestNs() {
        return Long.MAX_VALUE;
    }

    /** It is a member of a pod that it wasn't known to be in. */
    record Joined(ObservedContainer listed, PodRef pod) implements Difference {
        @Override
        public ContainerId id() {
            return listed.id();
        }

        @Override
        public String signature() {
            return "joined " + id() + ' ' + pod.id();
        }
    }

    /** It is alive and wasn't known to be. */
    record Appeared(ObservedContainer listed, RunState.Live live) implements Difference {
        @Override
        public ContainerId id() {
            return listed.id();
        }

        @Override
        public String signature() {
            return "appeared " + id() + ' ' + live.life().startedAtNs();
        }

        @Override
        public long earliestNs() {
            return live.life().earliestNs();
        }
    }

    /** It lives another life than the one known. */
    record Replaced(LiveContainer known, ObservedContainer listed, RunState.Live live) implements Difference {
        @Override
        public ContainerId id() {
            return listed.id();
        }

        @Override
        public String signature() {
            return "replaced " + id() + ' ' + live.life().startedAtNs();
        }

        @Override
        public long earliestNs() {
            return Math.min(known.sinceNs(), live.life().earliestNs());
        }
    }

    /** It isn't alive any more; {@code listed} is null if it doesn't even exist. */
    record Vanished(LiveContainer known, @Nullable ObservedContainer listed) implements Difference {
        @Override
        public ContainerId id() {
            return known.id();
        }

        @Override
        public String signature() {
            return "vanished " + id() + ' ' + known.sinceNs();
        }

        @Override
        public long earliestNs() {
            return known.sinceNs();
        }
    }

    /** It has lived a whole life that history doesn't show. */
    record Missed(ContainerId id, long startedAtNs, long endedAtNs) implements Difference {
        @Override
        public String signature() {
            return "missed " + id + ' ' + startedAtNs;
        }

        @Override
        public long earliestNs() {
            return startedAtNs;
        }
    }

    /** It is paused and was known to run, or the other way round. */
    record PauseChanged(LiveContainer known, RunState.Live live) implements Difference {
        @Override
        public ContainerId id() {
            return known.id();
        }

        @Override
        public String signature() {
            return "turned " + id() + ' ' + known.sinceNs();
        }

        @Override
        public long earliestNs() {
            return known.sinceNs();
        }
    }

    /** The filter accepts it now, and did not when its life began. */
    record Revealed(ObservedContainer listed) implements Difference {
        @Override
        public ContainerId id() {
            return listed.id();
        }

        @Override
        public String signature() {
            return "revealed " + id();
        }
    }

    /** The filter accepted it when its life began, and does not now. */
    record Concealed(ContainerId id) implements Difference {
        @Override
        public String signature() {
            return "concealed " + id;
        }
    }

    /** It doesn't exist any more and was known to be in a pod. */
    record Left(ContainerId id, PodRef pod) implements Difference {
        @Override
        public String signature() {
            return "left " + id + ' ' + pod.id();
        }
    }
}
