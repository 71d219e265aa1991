package io.github.sealwatcher.model;

import org.jspecify.annotations.Nullable;

/** What happened to a container. */
public sealed interface ContainerChange extends Change {

    /** When, how known, and under which id. */
    Occurrence occurrence();

    @Override
    default long timeNs() {
        return occurrence().timeNs();
    }

    /** The container, described as well as it could be. */
    Container container();

    /** The container after this change if it is alive then, else null. */
    @Nullable
    LiveContainer alive();

    /** The pod that the container is in after this change; for a death, the pod that it was in. */
    @Nullable
    PodRef pod();

    /** Which kind of change. */
    Kind kind();

    /** The same change as of another occurrence. */
    ContainerChange at(Occurrence other);

    /** The kinds of change: one for each permitted type. */
    enum Kind {
        STARTED,
        DIED,
        PAUSED,
        UNPAUSED,
        POD_CHANGED,
        OTHER
    }

    /** A change of a container that is alive after it. */
    sealed interface OfLiveContainer extends ContainerChange {
        @Override
        LiveContainer alive();

        @Override
        default Container container() {
            return alive().container();
        }

        @Override
        default @Nullable PodRef pod() {
            return alive().pod();
        }
    }

    /** A life has begun. */
    record Started(Occurrence occurrence, LiveContainer alive) implements OfLiveContainer {
        @Override
        public Kind kind() {
            return Kind.STARTED;
        }

        @Override
        public ContainerChange at(Occurrence other) {
            return new Started(other, alive);
        }
    }

    /** The processes were frozen. */
    record Paused(Occurrence occurrence, LiveContainer alive) implements OfLiveContainer {
        @Override
        public Kind kind() {
            return Kind.PAUSED;
        }

        @Override
        public ContainerChange at(Occurrence other) {
            return new Paused(other, alive);
        }
    }

    /** The processes go on. */
    record Unpaused(Occurrence occurrence, LiveContainer alive) implements OfLiveContainer {
        @Override
        public Kind kind() {
            return Kind.UNPAUSED;
        }

        @Override
        public ContainerChange at(Occurrence other) {
            return new Unpaused(other, alive);
        }
    }

    /**
     * A life has ended.
     *
     * @param last the container as it was until then
     * @param exitCode null if unknown, never a guessed 0
     */
    record Died(
            Occurrence occurrence,
            LiveContainer last,
            @Nullable Integer exitCode) implements ContainerChange {
        @Override
        public Container container() {
            return last.container();
        }

        @Override
        public @Nullable LiveContainer alive() {
            return null;
        }

        @Override
        public @Nullable PodRef pod() {
            return last.pod();
        }

        @Override
        public Kind kind() {
            return Kind.DIED;
        }

        @Override
        public ContainerChange at(Occurrence other) {
            return new Died(other, last, exitCode);
        }
    }

    /**
     * The container's pod is another than the one last known for it.
     *
     * @param alive null if the container isn't alive: members are reported whether or not they run
     * @param pod the pod that it joined; null if it left (it was removed)
     * @param previousPod the pod that it left; null if it was in none
     */
    record PodChanged(
            Occurrence occurrence,
            Container container,
            @Nullable LiveContainer alive,
            @Nullable PodRef pod,
            @Nullable PodRef previousPod)
            implements ContainerChange {
        @Override
        public Kind kind() {
            return Kind.POD_CHANGED;
        }

        @Override
        public ContainerChange at(Occurrence other) {
            return new PodChanged(other, container, alive, pod, previousPod);
        }
    }

    /** Any other action of Podman's, under its own name. */
    record Other(
            Occurrence occurrence,
            Container container,
            @Nullable LiveContainer alive,
            @Nullable PodRef pod) implements ContainerChange {
        @Override
        public Kind kind() {
            return Kind.OTHER;
        }

        @Override
        public ContainerChange at(Occurrence other) {
            return new Other(other, container, alive, pod);
        }
    }
}
