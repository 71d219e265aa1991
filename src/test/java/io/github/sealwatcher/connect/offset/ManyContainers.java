package io.github.sealwatcher.connect.offset;

import io.github.sealwatcher.connect.Samples;
import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.Checkpoint.Snapshot;
import io.github.sealwatcher.watch.checkpoint.DedupWindow;
import io.github.sealwatcher.watch.checkpoint.EventRef;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Checkpoints of hosts with many containers. */
public final class ManyContainers {

    public static final long OVERLAP_NS = 10_000_000_000L;

    private ManyContainers() {}

    /**
     * A checkpoint of a host with that many running containers, the same at each call.
     *
     * @param pods how many pods they are spread over; none are members if 0
     * @param spreadNs within how long before now they were started
     * @param events how many events lie within the overlap
     */
    public static Checkpoint of(int containers, int pods, long spreadNs, int events) {
        var random = new SplittableRandom(containers);
        Portfolio portfolio = Portfolio.empty();
        List<PodRef> refs = new ArrayList<>();
        for (int i = 0; i < pods; i++) {
            refs.add(new PodRef(Samples.hex(random), "a-pod-" + i));
        }
        for (int i = 0; i < containers; i++) {
            var id = new ContainerId(Samples.hex(random));
            long startNs = Samples.NOW_NS - random.nextLong(spreadNs);
            Life life = Life.exact(startNs, 1000 + i);
            portfolio = portfolio.plus(
                    new LiveContainer(Container.unknown(id), life, Status.RUNNING, startNs + 40_000_000, null));
            if (!refs.isEmpty()) {
                portfolio = portfolio.associated(id, refs.get(i % refs.size()));
            }
        }
        List<Long> keys = random.longs(events, 0, 1L << 48).boxed().toList();
        DedupWindow dedupWindow =
                DedupWindow.restored(new DedupWindow.StoredKeys(Samples.NOW_NS - OVERLAP_NS, Samples.NOW_NS, keys));
        return new Checkpoint(
                Samples.NOW_NS,
                new EventRef(5, Samples.NOW_NS),
                new EventRef(6, Samples.NOW_NS - 1),
                null,
                dedupWindow,
                portfolio,
                Snapshot.DONE);
    }
}
