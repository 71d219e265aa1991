package io.github.sealwatcher.it;

import io.github.sealwatcher.PodmanWatcher;
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
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Moments within the conversation with a real Podman at which a test does something, and counts of what was asked. What
 * is set is for the next question of that kind only. Thread-safe.
 */
final class EngineHooks {

    /** What is done; it may spoil the answer by an error. */
    interface Hook {
        void run() throws EngineException;
    }

    final AtomicInteger lists = new AtomicInteger();
    final AtomicInteger finds = new AtomicInteger();
    final AtomicInteger inspects = new AtomicInteger();
    final AtomicInteger pods = new AtomicInteger();

    private static final Hook NOTHING = () -> {};
    // Guarded by this.
    private Hook afterList = NOTHING;
    private Hook beforeInspect = NOTHING;

    /** Done when Podman has listed, before the watcher learns of it. */
    synchronized void afterList(Hook hook) {
        afterList = hook;
    }

    synchronized void beforeInspect(Hook hook) {
        beforeInspect = hook;
    }

    private synchronized Hook takeAfterList() {
        Hook taken = afterList;
        afterList = NOTHING;
        return taken;
    }

    private synchronized Hook takeBeforeInspect() {
        Hook taken = beforeInspect;
        beforeInspect = NOTHING;
        return taken;
    }

    /** A connection to the Podman at {@code uri} that has these hooks. */
    Engine engine(String uri) {
        return new Hooked(PodmanWatcher.at(uri).build().open());
    }

    private final class Hooked implements Engine {

        private final Engine podman;

        Hooked(Engine podman) {
            this.podman = podman;
        }

        @Override
        public ClockedAnswer<EngineIdentity> ping() throws EngineException {
            return podman.ping();
        }

        @Override
        public ClockedAnswer<List<ObservedContainer>> list() throws EngineException {
            lists.incrementAndGet();
            ClockedAnswer<List<ObservedContainer>> answer = podman.list();
            takeAfterList().run();
            return answer;
        }

        @Override
        public Optional<ObservedContainer> find(ContainerId id) throws EngineException {
            finds.incrementAndGet();
            return podman.find(id);
        }

        @Override
        public Optional<ObservedContainer> inspect(ContainerId id) throws EngineException {
            inspects.incrementAndGet();
            takeBeforeInspect().run();
            return podman.inspect(id);
        }

        @Override
        public Optional<PodRef> pod(String podId) throws EngineException {
            pods.incrementAndGet();
            return podman.pod(podId);
        }

        @Override
        public EventStream replay(long sinceNs) throws EngineException {
            return podman.replay(sinceNs);
        }

        @Override
        public EventStream follow(long sinceNs) throws EngineException {
            return podman.follow(sinceNs);
        }

        @Override
        public EventStream followNew() throws EngineException {
            return podman.followNew();
        }

        @Override
        public void close() {
            podman.close();
        }
    }
}
