package io.github.sealwatcher.connect;

import io.github.sealwatcher.model.Alive;
import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.watch.Portfolio;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The offset's {@code known}: the alive containers and the members of pods, grouped by pod, because then a member need
 * not name its pod; and by start time within a group, because then a start takes two or three bytes instead of eight.
 */
final class KnownCodec {

    private static final int FORMAT = 2;
    private static final int HEX_CONTAINERS = 1;
    private static final int HEX_PODS = 2;
    private static final int FULL = 4;
    /** With more lives than this the size counts for more than the process id and the start to the nanosecond. */
    private static final int MOST_FULL_LIVES = 2000;

    private static final int PID_BYTES = 3;
    private static final int LEAST_ID_BYTES = 1;

    private static final Comparator<Alive> BY_START =
            Comparator.<Alive>comparingLong(LifeCodec::startMs).thenComparing(Alive::id);

    private KnownCodec() {}

    static String encode(Portfolio portfolio) {
        Map<String, Group> groups = grouped(portfolio);
        boolean hexContainers = groups.values().stream().allMatch(Group::isHex);
        boolean hexPods = groups.keySet().stream().allMatch(id -> id.isEmpty() || Ids.isHex(id));
        boolean full = portfolio.alive().size() <= MOST_FULL_LIVES;
        long baseMs = portfolio.alive().values().stream()
                .mapToLong(LifeCodec::startMs)
                .min()
                .orElse(0);

        var out = new ByteWriter();
        out.fixed(FORMAT, 1);
        out.fixed((hexContainers ? HEX_CONTAINERS : 0) | (hexPods ? HEX_PODS : 0) | (full ? FULL : 0), 1);
        out.signed(baseMs);
        out.number(groups.size());
        for (Map.Entry<String, Group> entry : groups.entrySet()) {
            Group group = entry.getValue();
            if (!entry.getKey().isEmpty()) {
                Ids.write(out, entry.getKey(), hexPods);
                out.text(group.name == null ? "" : group.name);
            }
            group.alive.sort(BY_START);
            out.number(group.alive.size());
            long previousMs = baseMs;
            for (Alive alive : group.alive) {
                Ids.write(out, alive.id().value(), hexContainers);
                LifeCodec.write(out, alive, previousMs, full);
                previousMs = LifeCodec.startMs(alive);
                if (full) {
                    out.fixed(alive.life().pid(), PID_BYTES);
                }
            }
            out.number(group.others.size());
            for (ContainerId other : group.others) {
                Ids.write(out, other.value(), hexContainers);
            }
        }
        return Base85.encode(out.toBytes());
    }

    /** @throws IllegalArgumentException saying what is wrong with it */
    static Portfolio decode(String text) {
        var in = new ByteReader(Base85.decode(text));
        if (in.fixed(1) != FORMAT) {
            throw new IllegalArgumentException("its format is unknown");
        }
        long flags = in.fixed(1);
        boolean hexContainers = (flags & HEX_CONTAINERS) != 0;
        boolean full = (flags & FULL) != 0;
        long baseMs = in.signed();
        Portfolio portfolio = Portfolio.empty();
        int groups = in.count(2);
        for (int group = 0; group < groups; group++) {
            @Nullable PodRef pod = group == 0 ? null : pod(in, (flags & HEX_PODS) != 0);
            if (pod != null) {
                portfolio = portfolio.named(pod);
            }
            int alive = in.count(LEAST_ID_BYTES);
            long previousMs = baseMs;
            for (int i = 0; i < alive; i++) {
                Container container = Container.unknown(new ContainerId(Ids.read(in, hexContainers)));
                LifeCodec life = LifeCodec.read(in, previousMs, full);
                previousMs = life.startMs();
                int pid = full ? (int) in.fixed(PID_BYTES) : 0;
                portfolio = portfolio.plus(life.alive(container, pid)).associated(container.id(), pod);
            }
            int others = in.count(LEAST_ID_BYTES);
            for (int i = 0; i < others; i++) {
                portfolio = portfolio.associated(new ContainerId(Ids.read(in, hexContainers)), pod);
            }
        }
        in.end();
        return portfolio;
    }

    private static PodRef pod(ByteReader in, boolean hex) {
        String id = Ids.read(in, hex);
        String name = in.text();
        return new PodRef(id, name.isEmpty() ? null : name);
    }

    /** By pod id; the empty id, which sorts first, stands for no pod. */
    private static Map<String, Group> grouped(Portfolio portfolio) {
        Map<String, Group> groups = new TreeMap<>();
        groups.put("", new Group(null));
        portfolio.podNames().forEach((id, name) -> groups.put(id, new Group(name)));
        portfolio.alive().values().forEach(alive -> {
            PodRef pod = portfolio.podOf(alive.id());
            groupOf(groups, pod == null ? "" : pod.id()).alive.add(alive);
        });
        portfolio.members().forEach((id, podId) -> {
            if (portfolio.alive(id) == null) {
                groupOf(groups, podId).others.add(id);
            }
        });
        return groups;
    }

    private static Group groupOf(Map<String, Group> groups, String podId) {
        return groups.computeIfAbsent(podId, any -> new Group(null));
    }

    private static final class Group {
        final @Nullable String name;
        final List<Alive> alive = new ArrayList<>();
        final List<ContainerId> others = new ArrayList<>();

        Group(@Nullable String name) {
            this.name = name;
        }

        boolean isHex() {
            return alive.stream().allMatch(container -> Ids.isHex(container.id().value()))
                    && others.stream().allMatch(id -> Ids.isHex(id.value()));
        }
    }
}
