package io.github.sealwatcher.connect.offset;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The offset's {@code known}: the alive containers and the members of pods, grouped by pod, because then a member need
 * not name its pod; and by start time within a group, because then a start takes two or three bytes instead of eight.
 */
final class PortfolioCodec {

    private static final int FORMAT = 2;
    private static final int HEX_CONTAINERS = 1;
    private static final int HEX_PODS = 2;
    private static final int FULL = 4;
    private static final int HIDDEN = 8;
    /** With more lives than this the size counts for more than the process id and the start to the nanosecond. */
    private static final int MAX_FULL_LIVES = 2000;

    private static final int PID_BYTES = 3;
    private static final int MIN_ID_BYTES = 1;
    /** What a life, another member or a pod takes about, among so many that not all fit. */
    private static final int DEFAULT_CHARACTERS = 46;

    private static final Comparator<Entry> BY_START = Comparator.comparingLong(Entry::startMs)
            .thenComparing(life -> life.alive().id());

    private PortfolioCodec() {}

    /**
     * What was encoded.
     *
     * @param leftOut how many alive containers did not fit
     */
    record Text(String text, int leftOut) {}

    /**
     * The portfolio, or as many of its newest lives as fit: an old one goes on more likely than a new one, and one that goes
     * on is seen in a list.
     *
     * @param maxCharacters what it may take
     */
    static Text encode(Portfolio portfolio, int maxCharacters) {
        List<Entry> lives = new ArrayList<>(portfolio.alive().size());
        for (LiveContainer alive : portfolio.alive().values()) {
            lives.add(new Entry(
                    alive, LifeCodec.startMs(alive), Ids.bytes(alive.id().value())));
        }
        lives.sort(BY_START);
        int fitting = maxCharacters / DEFAULT_CHARACTERS - portfolio.podNames().size();
        if (lives.size() > MAX_FULL_LIVES && lives.size() + portfolio.members().size() > fitting) {
            lives = newest(lives, fitting - others(portfolio));
        }
        while (true) {
            String text = encode(portfolio, lives);
            if (text.length() <= maxCharacters || lives.isEmpty()) {
                return new Text(text, portfolio.alive().size() - lives.size());
            }
            lives = newest(lives, (int) ((long) lives.size() * maxCharacters / text.length() * 99 / 100));
        }
    }

    /** How many members of pods are not alive. */
    private static int others(Portfolio portfolio) {
        int others = 0;
        for (ContainerId id : portfolio.members().keySet()) {
            others += portfolio.alive(id) == null ? 1 : 0;
        }
        return others;
    }

    private static List<Entry> newest(List<Entry> lives, int count) {
        return lives.subList(Math.max(0, lives.size() - Math.max(0, count)), lives.size());
    }

    /** @param lives in the order of their starts */
    private static String encode(Portfolio portfolio, List<Entry> lives) {
        Map<String, Group> groups = grouped(portfolio, lives);
        boolean hexContainers = groups.values().stream().allMatch(Group::isHex);
        boolean hexPods = groups.keySet().stream().allMatch(id -> id.isEmpty() || Ids.isHex(id));
        boolean full = lives.size() <= MAX_FULL_LIVES;
        boolean hidden = !portfolio.hidden().isEmpty();
        long baseMs = lives.isEmpty() ? 0 : lives.get(0).startMs();

        var out = new ByteWriter();
        out.fixed(FORMAT, 1);
        out.fixed(
                (hexContainers ? HEX_CONTAINERS : 0)
                        | (hexPods ? HEX_PODS : 0)
                        | (full ? FULL : 0)
                        | (hidden ? HIDDEN : 0),
                1);
        out.signed(baseMs);
        out.number(groups.size());
        List<ContainerId> written = new ArrayList<>(lives.size());
        for (Map.Entry<String, Group> entry : groups.entrySet()) {
            Group group = entry.getValue();
            if (!entry.getKey().isEmpty()) {
                Ids.write(out, entry.getKey(), hexPods);
                out.text(group.name == null ? "" : group.name);
            }
            out.number(group.alive.size());
            long previousMs = baseMs;
            for (Entry life : group.alive) {
                life.writeId(out, hexContainers);
                LifeCodec.write(out, life.alive(), previousMs, full);
                previousMs = life.startMs();
                if (full) {
                    out.fixed(life.alive().life().pid(), PID_BYTES);
                }
                written.add(life.alive().id());
            }
            out.number(group.others.size());
            for (ContainerId other : group.others) {
                Ids.write(out, other.value(), hexContainers);
                written.add(other);
            }
        }
        if (hidden) {
            writeHidden(out, portfolio, written);
        }
        return Base85.encode(out.toBytes());
    }

    /** Their places, each as the distance from the one before, or if they are many a bit for each container. */
    private static void writeHidden(ByteWriter out, Portfolio portfolio, List<ContainerId> written) {
        BitSet places = new BitSet(written.size());
        for (int place = 0; place < written.size(); place++) {
            places.set(place, portfolio.isHidden(written.get(place)));
        }
        boolean many = places.cardinality() > written.size() / Byte.SIZE;
        out.fixed(many ? 1 : 0, 1);
        if (many) {
            byte[] bits = places.toByteArray();
            out.number(bits.length);
            out.raw(bits);
            return;
        }
        out.number(places.cardinality());
        int previous = 0;
        for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
            out.number(place - previous);
            previous = place;
        }
    }

    /** @throws IllegalArgumentException with what is wrong with it */
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
        List<ContainerId> read = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            @Nullable PodRef pod = group == 0 ? null : pod(in, (flags & HEX_PODS) != 0);
            if (pod != null) {
                portfolio = portfolio.named(pod);
            }
            int alive = in.count(MIN_ID_BYTES);
            long previousMs = baseMs;
            for (int i = 0; i < alive; i++) {
                Container container = Container.unknown(new ContainerId(Ids.read(in, hexContainers)));
                LifeCodec life = LifeCodec.read(in, previousMs, full);
                previousMs = life.startMs();
                int pid = full ? (int) in.fixed(PID_BYTES) : 0;
                portfolio = portfolio.plus(life.alive(container, pid)).associated(container.id(), pod);
                read.add(container.id());
            }
            int others = in.count(MIN_ID_BYTES);
            for (int i = 0; i < others; i++) {
                ContainerId id = new ContainerId(Ids.read(in, hexContainers));
                portfolio = portfolio.associated(id, pod);
                read.add(id);
            }
        }
        if ((flags & HIDDEN) != 0) {
            portfolio = hiding(in, portfolio, read);
        }
        in.end();
        return portfolio;
    }

    private static Portfolio hiding(ByteReader in, Portfolio portfolio, List<ContainerId> read) {
        BitSet places = in.fixed(1) == 0 ? distances(in, read.size()) : BitSet.valueOf(in.raw(in.count(1)));
        if (places.length() > read.size()) {
            throw new IllegalArgumentException("it hides a container that it does not have");
        }
        Portfolio hiding = portfolio;
        for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
            hiding = hiding.hiding(read.get(place), true);
        }
        return hiding;
    }

    private static BitSet distances(ByteReader in, int containers) {
        BitSet places = new BitSet();
        int count = in.count(1);
        long place = 0;
        for (int i = 0; i < count; i++) {
            long distance = in.number();
            if (distance < 0 || distance > containers || place + distance >= containers) {
                throw new IllegalArgumentException("it hides a container that it does not have");
            }
            place += distance;
            places.set((int) place);
        }
        return places;
    }

    private static PodRef pod(ByteReader in, boolean hex) {
        String id = Ids.read(in, hex);
        String name = in.text();
        return new PodRef(id, name.isEmpty() ? null : name);
    }

    /**
     * By pod id; the empty id, which sorts first, stands for no pod.
     *
     * @param lives those of the alive containers that are to be stored, in order
     */
    private static Map<String, Group> grouped(Portfolio portfolio, List<Entry> lives) {
        Map<String, Group> groups = new HashMap<>();
        Group none = groupOf(groups, "");
        portfolio.podNames().forEach((id, name) -> groups.put(id, new Group(name)));
        for (Entry life : lives) {
            String podId = portfolio.members().get(life.alive().id());
            (podId == null ? none : groupOf(groups, podId)).alive.add(life);
        }
        portfolio.members().forEach((id, podId) -> {
            if (portfolio.alive(id) == null) {
                groupOf(groups, podId).others.add(id);
            }
        });
        return new TreeMap<>(groups);
    }

    private static Group groupOf(Map<String, Group> groups, String podId) {
        return groups.computeIfAbsent(podId, any -> new Group(null));
    }

    /**
     * A life to be stored.
     *
     * @param id the container's id in bytes; null if it is not hexadecimal
     */
    @SuppressWarnings("ArrayRecordComponent") // Neither compared nor given out.
    private record Entry(LiveContainer alive, long startMs, byte @Nullable [] id) {

        void writeId(ByteWriter out, boolean hex) {
            if (hex && id != null) {
                out.raw(id);
            } else {
                Ids.write(out, alive.id().value(), hex);
            }
        }
    }

    private static final class Group {
        final @Nullable String name;
        final List<Entry> alive = new ArrayList<>();
        final List<ContainerId> others = new ArrayList<>();

        Group(@Nullable String name) {
            this.name = name;
        }

        boolean isHex() {
            return alive.stream().allMatch(life -> life.id() != null)
                    && others.stream().allMatch(id -> Ids.isHex(id.value()));
        }
    }
}
