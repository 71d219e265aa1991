package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.watch.Checkpoint;
import io.github.sealwatcher.watch.Emission;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What reached the topics, and the checkpoint that was stored with it. */
final class Trail {

    private final boolean exactlyOnce;
    private final List<Emission> delivered = new ArrayList<>();
    private final List<Emission> underWay = new ArrayList<>();
    private @Nullable Checkpoint stored;

    Trail(boolean exactlyOnce) {
        this.exactlyOnce = exactlyOnce;
    }

    void take(Emission emission) {
        underWay.add(emission);
    }

    /** The first {@code count} of those under way reach the topics, with the checkpoint of the last of them. */
    void commit(int count) {
        List<Emission> batch = underWay.subList(0, Math.min(count, underWay.size()));
        for (Emission emission : batch) {
            delivered.add(emission);
            stored = emission.checkpoint();
        }
        batch.clear();
    }

    /** A crash: what is under way is lost, or delivered without its checkpoint. Without any the trail begins anew. */
    void crash() {
        if (!exactlyOnce && stored != null) {
            delivered.addAll(underWay);
        }
        underWay.clear();
    }

    int underWay() {
        return underWay.size();
    }

    @Nullable
    Checkpoint stored() {
        return stored;
    }

    List<ContainerChange> changes() {
        return delivered.stream()
                .flatMap(emission -> emission.changes().stream())
                .toList();
    }

    List<HostChange> hostChanges() {
        return delivered.stream()
                .flatMap(emission -> emission.hostChanges().stream())
                .toList();
    }
}
