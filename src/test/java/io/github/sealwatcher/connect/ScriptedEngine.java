package io.github.sealwatcher.connect;

import io.github.sealwatcher.engine.ClockedAnswer;
import io.github.sealwatcher.engine.Engine;
import io.github.sealwatcher.engine.EngineException;
import io.github.sealwatcher.engine.EventStream;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.PodRef;
import java.util.List;
import java.util.Optional;

/** An engine with nothing in it, whose answer to a ping is scripted. */
public final class ScriptedEngine implements Engine {

    /** An answer to a ping. */
    interface Answer {
        EngineIdentity give() throws EngineException;
    }

    private final Answer answer;

    ScriptedEngine(Answer answer) {
        this.answer = answer;
    }

    @Override
    public ClockedAnswer<EngineIdentity> ping() throws EngineException {
        return undated(answer.give());
    }

    @Override
    public ClockedAnswer<List<ObservedContainer>> list() throws EngineException {
        answer.give();
        return undated(List.of());
    }

    private static <T> ClockedAnswer<T> undated(T value) {
        return new ClockedAnswer<>(value, null, System.nanoTime(), System.nanoTime());
    }

    @Override
    public Optional<ObservedContainer> find(ContainerId id) {
        return Optional.empty();
    }

    @Override
    public Optional<ObservedContainer> inspect(ContainerId id) {
        return Optional.empty();
    }

    @Override
    public Optional<PodRef> pod(String podId) {
        return Optional.empty();
    }

    @Override
    public EventStream replay(long sinceNs) throws EngineException {
        throw new EngineException.Unreachable("no history", null);
    }

    @Override
    public EventStream follow(long sinceNs) throws EngineException {
        throw new EngineException.Unreachable("no stream", null);
    }

    @Override
    public EventStream followNew() throws EngineException {
        throw new EngineException.Unreachable("no stream", null);
    }

    @Override
    public void close() {}
}
