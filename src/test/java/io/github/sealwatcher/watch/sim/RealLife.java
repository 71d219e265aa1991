package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.Life;
import org.jspecify.annotations.Nullable;

/** One life of a container as it really was, as far as the watched endpoint shows its host. */
final class RealLife {

    final SimContainer container;
    final ContainerId id;
    /** Its place among the lives of its container. */
    final int index;

    final Life life;
    final long begunTicks;
    long endedTicks = Long.MAX_VALUE;
    /** The same life before the endpoint showed another host for a while; itself if that never was. */
    final RealLife root;

    @Nullable
    Fact start;

    @Nullable
    Fact end;

    RealLife(SimContainer container, int index, Life life, long begunTicks, @Nullable RealLife continued) {
        this.container = container;
        this.id = container.id;
        this.index = index;
        this.life = life;
        this.begunTicks = begunTicks;
        this.root = continued == null ? this : continued.root;
    }

    boolean isAlive(long ticks) {
        return begunTicks <= ticks && ticks < endedTicks;
    }

    boolean isContinued() {
        return root != this;
    }
}
