package io.github.sealwatcher.connect;

import io.github.sealwatcher.connect.config.PodmanConfig;
import io.github.sealwatcher.connect.offset.OffsetNotes;
import io.github.sealwatcher.connect.record.HostOffsetContext;
import io.github.sealwatcher.engine.podman.LocalHost;
import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.DetailSource;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.Occurrence;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.Emission;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.Checkpoint.Snapshot;
import io.github.sealwatcher.watch.checkpoint.DedupWindow;
import io.github.sealwatcher.watch.checkpoint.EventRef;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Values for tests. */
public final class Samples {

    public static final long NOW_NS = 1_795_439_226_349_798_548L;
    public static final HostName EDGE = new HostName("edge-1");
    public static final EngineIdentity ENGINE =
            new EngineIdentity("5.4.2", "1.41", "unix:///run/podman/podman.sock", 4711);
    public static final PodRef POD = new PodRef("e".repeat(64), "web");
    public static final ContainerId ID = new ContainerId("c".repeat(64));
    public static final Container CONTAINER = new Container(
            ID,
            "web-1",
            "docker.io/library/nginx:1",
            "f".repeat(64),
            Map.of("com.docker.compose.project", "shop", "PODMAN_SYSTEMD_UNIT", "web.service"),
            true,
            false,
            Map.of("/Config/Hostname", "web"),
            DetailSource.INSPECT);

    private static final LocalHost MACHINE = new LocalHost("worker", true, null, null);

    private Samples() {}

    public static LocalHost machine() {
        return MACHINE;
    }

    public static PodmanConfig config(Map<String, String> properties) {
        return PodmanConfig.parse(properties, MACHINE);
    }

    public static HostOffsetContext trail(PodmanConfig config, Map<String, Object> stored) {
        return new HostOffsetContext(config.hosts().get(0), OffsetNotes.NONE, stored);
    }

    public static LiveContainer alive(Status status, PodRef pod) {
        return new LiveContainer(CONTAINER, Life.exact(NOW_NS - 5_000, 815), status, NOW_NS, pod);
    }

    public static Occurrence occurrence(String rawAction, Origin origin) {
        return new Occurrence(EventId.derived(rawAction, origin), NOW_NS, origin, rawAction);
    }

    public static ContainerChange.Started started() {
        return new ContainerChange.Started(occurrence("start", Origin.LIVE), alive(Status.RUNNING, POD));
    }

    public static ContainerChange.Died died() {
        return new ContainerChange.Died(occurrence("died", Origin.REPLAY), alive(Status.RUNNING, POD), 137);
    }

    public static ContainerChange.Other other(String action) {
        return new ContainerChange.Other(occurrence(action, Origin.LIVE), CONTAINER, alive(Status.RUNNING, null), null);
    }

    public static Emission emission(Checkpoint checkpoint, ContainerChange... changes) {
        return new Emission(ENGINE, List.of(), List.of(changes), NOW_NS, checkpoint);
    }

    public static Checkpoint checkpoint(long positionNs) {
        return new Checkpoint(
                positionNs,
                new EventRef(7, positionNs),
                null,
                null,
                DedupWindow.from(NOW_NS),
                Portfolio.empty(),
                Snapshot.DONE);
    }

    public static String hex(RandomGenerator random) {
        var id = new StringBuilder();
        for (int i = 0; i < 64; i++) {
            id.append(Character.forDigit(random.nextInt(16), 16));
        }
        return id.toString();
    }
}
