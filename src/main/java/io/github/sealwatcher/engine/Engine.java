package io.github.sealwatcher.engine;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.PodRef;
import java.util.List;
import java.util.Optional;

/**
 * What a container engine must offer to be watched. All calls block until the engine answers, their time limit passes or
 * {@link #close} is called from another thread; any number of threads may call at once.
 */
public interface Engine extends AutoCloseable {

    /**
     * Asks whether the engine is there, cheaply.
     *
     * @throws EngineException.NotPodman if something else answers
     * @throws EngineException.Unsupported if it is too old
     */
    ClockedAnswer<EngineIdentity> ping() throws EngineException;

    /** All containers, alive or not, with their pods; not atomic: each is shown as it was when its turn came. */
    ClockedAnswer<List<ObservedContainer>> list() throws EngineException;

    /** One container as a list shows it; empty if it doesn't exist any more. */
    Optional<ObservedContainer> find(ContainerId id) throws EngineException;

    /** One container as an inspect shows it; empty if it doesn't exist any more. */
    Optional<ObservedContainer> inspect(ContainerId id) throws EngineException;

    /** A pod with its name; empty if it doesn't exist any more. */
    Optional<PodRef> pod(String podId) throws EngineException;

    /**
     * The container, pod and system events that history still holds, strictly after {@code sinceNs}; the stream ends with
     * the last of them.
     *
     * @param sinceNs in nanoseconds since 1970 by the host's clock
     */
    EventStream replay(long sinceNs) throws EngineException;

    /**
     * The same, followed by every new event as it is written. An end of this stream means only that it is to be opened
     * again.
     *
     * @param sinceNs in nanoseconds since 1970 by the host's clock
     */
    EventStream follow(long sinceNs) throws EngineException;

    /**
     * Every new event from about now on, without reading what was written before; what is written while the stream opens
     * can be missing.
     */
    EventStream followNew() throws EngineException;

    /** Ends every call and stream at once, from any thread; idempotent. A closed engine refuses further calls. */
    @Override
    void close();
}
