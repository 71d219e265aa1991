package io.github.sealwatcher.connect.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.github.sealwatcher.watch.checkpoint.EndedLife;
import io.github.sealwatcher.watch.checkpoint.EventRef;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

class OffsetsTest {

    private static final long SECOND_NS = 1_000_000_000L;
    private static final long OVERLAP_NS = 10 * SECOND_NS;
    private static final long NOW_NS = Samples.NOW_NS;

    /** What the first version wrote of three containers in a pod. */
    private static final String KNOWN_BEFORE =
            "0tcr4yobSP0ssK20mcReSBPNV^Kfo3@/m%n3fhUd@nH3G@f2d!ao5BLVJ)cPWGyfQu?So(v1*2mDv_30B[!sTF}qV5X,mz,"
                    + "|MlWYM?C1G0Jf.N00ZhAJO!X?:hu;jdi,XF@6k,a8nv+FOR(|*vRN;Ghe8P0l@KL,HUI;YEp9UcOo4uRC4;w!9~@l?"
                    + "H8^NEFEf6+DLr:J%kG0gl-CcE(O3y*=?P";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void offsetRoundTrips(long seed) {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 20; round++) {
            Checkpoint before = random(random, random.nextInt(60), random.nextBoolean());

            Checkpoint after = Offsets.decode(throughJson(Offsets.encode(before, OVERLAP_NS, OffsetNotes.NONE)));

            assertThat(after.positionNs()).isEqualTo(before.positionNs());
            assertThat(after.newestEvent()).isEqualTo(before.newestEvent());
            assertThat(after.lastReplayed()).isEqualTo(before.lastReplayed());
            assertThat(after.filter()).isEqualTo(before.filter());
            assertThat(after.coverage()).isEqualTo(before.coverage());
            assertThat(after.read().setBackNs()).isEqualTo(before.read().setBackNs());
            assertThat(after.read().former()).isEqualTo(before.read().former());
            same(after.portfolio(), before.portfolio());
            var keys = before.dedupWindow().storedKeys(before.positionNs() - OVERLAP_NS, 4096);
            var again = after.dedupWindow().storedKeys(Long.MIN_VALUE, 4096);
            assertThat(List.of(again.lowWatermarkNs(), again.beginNs(), again.untilNs()))
                    .containsExactly(keys.lowWatermarkNs(), keys.beginNs(), keys.untilNs());
            assertThat(again.keys()).containsExactlyInAnyOrderElementsOf(keys.keys());
        }
    }

    @Test
    void livesAreRecognizedInALargeOffset() {
        Checkpoint before = ManyContainers.of(2001, 10, 86_400 * SECOND_NS, 3);

        Checkpoint after = Offsets.decode(Offsets.encode(before, OVERLAP_NS, OffsetNotes.NONE));

        for (LiveContainer alive : after.portfolio().alive().values()) {
            LiveContainer stored = before.portfolio().alive(alive.id());
            same(alive, stored);
            assertThat(alive.life().precision()).isEqualTo(Life.Precision.MILLISECOND);
            assertThat(alive.life().canBe(stored.life())).isTrue();
        }
    }

    @Test
    void offsetOfVersion1ResumesAfterItsTime() {
        Checkpoint after = Offsets.decode(Map.of(
                "v",
                1L,
                "time_ns",
                1795439226349798548L,
                "snapshot",
                "done",
                "seen",
                "6Bz2QbYfNDlmGw#000FT?aKRSVZ[UF0000021sKiMrkYnl0q]+):",
                "known",
                KNOWN_BEFORE));

        Portfolio written = ManyContainers.of(3, 1, 1_000 * SECOND_NS, 2).portfolio();
        assertThat(after.portfolio().alive().keySet()).isEqualTo(written.alive().keySet());
        assertThat(after.portfolio().members()).isEqualTo(written.members());
        assertThat(after.portfolio().hidden()).isEmpty();
        assertThat(PortfolioCodec.encode(written, 1000).text())
                .as("still the same")
                .isEqualTo(KNOWN_BEFORE);
        assertThat(after.filter()).isZero();
        assertThat(after.newestEvent()).as("its key is of another kind of id").isNull();
        assertThat(after.dedupWindow().lowWatermarkNs()).isEqualTo(NOW_NS + 1);
    }

    @Test
    void beyondTheSizeLimitTheOldestLivesAreReportedAgain() {
        for (int count : new int[] {21_000, 30_000, 100_000}) {
            Checkpoint before = ManyContainers.of(count, 0, 86_400 * SECOND_NS, 5000);

            Map<String, Object> offset = Offsets.encode(before, OVERLAP_NS, OffsetNotes.NONE);

            assertThat(json(offset).length).as(count + " alive").isBetween(800_000, 900_000);
            Checkpoint after = Offsets.decode(offset);
            assertThat(after.snapshot()).isEqualTo(Snapshot.RUNNING);
            long oldestNs = after.portfolio().alive().values().stream()
                    .mapToLong(alive -> alive.life().startedAtNs())
                    .min()
                    .getAsLong();
            long newer = before.portfolio().alive().values().stream()
                    .filter(alive -> alive.life().startedAtNs() >= oldestNs)
                    .count();
            assertThat(after.portfolio().total()).as("the newest").isEqualTo((int) newer);
            assertThat(Offsets.leftOut(offset)).isEqualTo(count - newer);
        }
    }

    @Test
    void deadPodMembersCountTowardsTheSize() {
        Portfolio portfolio =
                ManyContainers.of(10_000, 10, 86_400 * SECOND_NS, 5).portfolio();
        var random = new SplittableRandom(1);
        PodRef pod = new PodRef(Samples.hex(random), "many");
        for (int i = 0; i < 12_000; i++) {
            portfolio = portfolio.associated(new ContainerId(Samples.hex(random)), pod);
        }
        Checkpoint before =
                new Checkpoint(NOW_NS, null, null, null, DedupWindow.from(NOW_NS), portfolio, Snapshot.DONE);

        Map<String, Object> offset = Offsets.encode(before, OVERLAP_NS, OffsetNotes.NONE);

        assertThat(json(offset).length).isLessThan(900_000);
        assertThat(Offsets.leftOut(offset)).isPositive();
    }

    @Test
    void unchangedPartsAreNotEncodedAgain() {
        Checkpoint checkpoint = ManyContainers.of(20, 2, OVERLAP_NS, 3);
        PortfolioEncoder encoder = new PortfolioEncoder();
        PortfolioCodec.Text first = encoder.encode(checkpoint.portfolio(), 10_000);

        assertThat(encoder.encode(checkpoint.portfolio(), 9_000)).isSameAs(first);
        ContainerId any = checkpoint.portfolio().alive().keySet().iterator().next();
        Portfolio hiding = checkpoint.portfolio().hiding(any, true);
        assertThat(encoder.encode(hiding, 9_000).text()).isNotEqualTo(first.text());
        assertThat(encoder.encode(checkpoint.portfolio(), 500).leftOut()).isPositive();
        assertThat(encoder.encode(checkpoint.portfolio(), 9_000).leftOut()).isZero();
    }

    @Test
    void hiddenContainersTakeLittleRoom() {
        for (int count : new int[] {100, 5000}) {
            Checkpoint before = ManyContainers.of(count, count / 10, 86_400 * SECOND_NS, 100);
            for (int each : new int[] {1, 2, 20}) {
                Portfolio portfolio = before.portfolio();
                int place = 0;
                for (ContainerId id : portfolio.alive().keySet()) {
                    portfolio = portfolio.hiding(id, place++ % each == 0);
                }
                Checkpoint hiding =
                        new Checkpoint(NOW_NS, null, null, null, before.dedupWindow(), portfolio, Snapshot.DONE);

                int bytes = json(Offsets.encode(hiding, OVERLAP_NS, OffsetNotes.NONE)).length;
                int without = json(Offsets.encode(before, OVERLAP_NS, OffsetNotes.NONE)).length;
                assertThat(bytes - without).as("one of " + each).isLessThan(count / 5);
                assertThat(bytes).isLessThan(count == 100 ? 8 * 1024 : 256 * 1024);
            }
        }
    }

    @Test
    void timeAloneStartsThere() {
        assertThat(Offsets.decode(Map.of("time_ns", 77L)))
                .usingRecursiveComparison()
                .isEqualTo(Checkpoint.startingAt(77));
    }

    @Test
    void staysUnder8KilobytesWith100Containers() {
        Checkpoint checkpoint = ManyContainers.of(100, 10, 10 * SECOND_NS, 100);

        int bytes = json(Offsets.encode(checkpoint, OVERLAP_NS, OffsetNotes.NONE)).length;
        assertThat(bytes).isLessThan(8 * 1024);
    }

    @Test
    void staysUnder256KilobytesWith5000ContainersHoweverTheyStarted() {
        for (long spreadNs : new long[] {10 * SECOND_NS, 30 * 86_400 * SECOND_NS}) {
            for (int pods : new int[] {0, 50, 500}) {
                for (int events : new int[] {100, 500}) {
                    Checkpoint checkpoint = ManyContainers.of(5000, pods, spreadNs, events);

                    int bytes = json(Offsets.encode(checkpoint, OVERLAP_NS, OffsetNotes.NONE)).length;
                    assertThat(bytes)
                            .as(pods + " pods, started within " + spreadNs + " ns, " + events + " events")
                            .isLessThan(256 * 1024);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "v,        2,       'v: expected 1, found 2'",
        "v,        x,       'v: expected an integer, found x (String)'",
        "time_ns,  -1,      'time_ns: expected nanoseconds since 1970, found -1'",
        "time_ns,  12.5,    'time_ns: expected an integer, found 12.5 (Double)'",
        "time_ns,  soon,    'time_ns: expected an integer, found soon (String)'",
        "time_ns,  ,        'time_ns: expected nanoseconds since 1970, found nothing'",
        "seen,     5,       'seen: expected text, found 5 (Long)'",
        "seen,     '',      'seen: it is cut off'",
        "seen,     \"\"\"\", 'seen: it has an unexpected character at 1'",
        "seen,     01234,   'seen: its format is unknown'",
        "known,    5,       'known: expected text, found 5 (Long)'",
        "known,    '',      'known: it is cut off'",
        "known,    01234,   'known: its format is unknown'",
        "snapshot, half,    'snapshot: expected waiting, running or done, found \"half\"'",
        "inferred, -1,      'inferred: expected a count, found -1'",
        "left_out, -1,      'left_out: expected a count, found -1'",
        "filter,   xyz,     'filter: expected up to 16 hexadecimal digits, found \"xyz\"'",
        "unconfirmed, 01234, 'unconfirmed: its format is unknown'",
        "shown,    01234,   'shown: its format is unknown'",
    })
    void rejectsForeignText(String field, String value, String said) {
        Map<String, Object> offset = new HashMap<>(Map.of("v", 1L, "time_ns", NOW_NS));
        offset.put(field, typed(value));

        assertThatThrownBy(() -> Offsets.decode(offset))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said);
    }

    @Test
    void rejectsTruncatedOrPaddedText() {
        Map<String, Object> good = Offsets.encode(ManyContainers.of(5, 2, OVERLAP_NS, 3), OVERLAP_NS, OffsetNotes.NONE);
        String known = (String) good.get("known");
        for (int length = 0; length < known.length() - 1; length++) {
            Map<String, Object> bad = new HashMap<>(good);
            bad.put("known", known.substring(0, length));
            assertThatThrownBy(() -> Offsets.decode(bad)).hasMessageStartingWith("known: ");
        }
        Map<String, Object> longer = new HashMap<>(good);
        longer.put("known", known + "00000");
        assertThatThrownBy(() -> Offsets.decode(longer)).hasMessageStartingWith("known: ");
    }

    @Test
    void garbageIsAlwaysRejected() {
        var random = new SplittableRandom(3);
        Map<String, Object> good = Offsets.encode(ManyContainers.of(5, 2, OVERLAP_NS, 3), OVERLAP_NS, OffsetNotes.NONE);
        for (int i = 0; i < 20_000; i++) {
            Map<String, Object> offset = new HashMap<>(good);
            String field = random.nextBoolean() ? "known" : "seen";
            var text = new StringBuilder((String) good.get(field));
            text.setCharAt(random.nextInt(text.length()), (char) ('!' + random.nextInt(90)));
            offset.put(field, text.toString());
            try {
                Offsets.decode(offset);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageStartingWith(field + ": ");
            }
        }
    }

    @Test
    void rejectsARewoundPositionThatContradictsTheWindow() {
        Map<String, Object> offset =
                new HashMap<>(Offsets.encode(ManyContainers.of(5, 2, OVERLAP_NS, 3), OVERLAP_NS, OffsetNotes.NONE));
        offset.put("time_ns", NOW_NS - 3600 * SECOND_NS);

        assertThatThrownBy(() -> Offsets.decode(offset)).hasMessageContaining("give {\"time_ns\": T} alone");
    }

    private static void same(Portfolio after, Portfolio before) {
        assertThat(after.hidden()).isEqualTo(before.hidden());
        assertThat(after.members()).isEqualTo(before.members());
        assertThat(after.podNames()).isEqualTo(before.podNames());
        assertThat(after.alive().keySet()).isEqualTo(before.alive().keySet());
        after.alive().values().forEach(alive -> same(alive, before.alive(alive.id())));
    }

    private static void same(LiveContainer after, LiveContainer before) {
        assertThat(after.status()).isEqualTo(before.status());
        assertThat(after.pod()).isEqualTo(before.pod());
        assertThat(Math.abs(after.sinceNs() - before.sinceNs())).isLessThan(3 * SECOND_NS);
        assertThat(after.container()).isEqualTo(Container.unknown(before.id()));
    }

    private static Checkpoint random(SplittableRandom random, int containers, boolean hex) {
        Portfolio portfolio = Portfolio.empty();
        List<PodRef> pods = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String id = hex ? Samples.hex(random) : "pod" + i;
            pods.add(new PodRef(id, i == 0 ? null : "näme" + i));
        }
        portfolio = portfolio.named(pods.get(3));
        for (int i = 0; i < containers; i++) {
            var id = new ContainerId(hex ? Samples.hex(random) : "c" + random.nextLong());
            if (random.nextInt(4) > 0) {
                long startNs = NOW_NS - random.nextLong(100 * 86_400 * SECOND_NS);
                Life life = switch (random.nextInt(4)) {
                    case 0 -> Life.exact(startNs, random.nextInt(4_194_304));
                    case 1 -> Life.withinSecond(startNs / SECOND_NS, random.nextInt(4_194_304));
                    case 2 -> new Life(startNs, Life.Precision.RESTORE, random.nextInt(4_194_304), true);
                    default -> Life.fromEvent(startNs);
                };
                life = random.nextBoolean() ? life : life.announcedAlready();
                boolean paused = random.nextBoolean();
                long sinceNs = life.startedAtNs() + random.nextLong(100) * SECOND_NS;
                Status status = paused ? Status.PAUSED : Status.RUNNING;
                portfolio = portfolio.plus(new LiveContainer(Container.unknown(id), life, status, sinceNs, null));
            }
            if (random.nextBoolean()) {
                portfolio = portfolio.associated(id, pods.get(random.nextInt(3)));
            }
        }
        long n = 1L << 48;
        List<Long> keys =
                random.longs(random.nextInt(50), 0, n).boxed().distinct().toList();
        EventRef newest = random.nextBoolean() ? new EventRef(random.nextLong(n), NOW_NS + random.nextLong(90)) : null;
        EventRef last = random.nextBoolean() ? new EventRef(random.nextLong(n), NOW_NS - random.nextLong(90)) : null;
        PVector<EventRef> former = TreePVector.empty();
        for (int i = random.nextInt(4); i > 0; i--) {
            former = former.plus(new EventRef(random.nextLong(n), NOW_NS - random.nextLong(90)));
        }
        Checkpoint.Gap gap =
                random.nextBoolean() ? new Checkpoint.Gap(NOW_NS - random.nextLong(90), NOW_NS - 1, NOW_NS) : null;
        long fromNs = NOW_NS - random.nextLong(2 * OVERLAP_NS);
        long beginNs = fromNs + random.nextInt(2) * random.nextLong(OVERLAP_NS);
        DedupWindow dedupWindow = DedupWindow.restored(
                new DedupWindow.StoredKeys(fromNs, beginNs, NOW_NS + random.nextInt(2) * OVERLAP_NS, keys));
        Snapshot snapshot = random.nextBoolean() ? Snapshot.DONE : Snapshot.RUNNING;
        for (ContainerId id : portfolio.alive().keySet()) {
            portfolio = portfolio.hiding(id, random.nextInt(5) == 0);
        }
        for (ContainerId id : portfolio.members().keySet()) {
            portfolio = portfolio.hiding(id, random.nextInt(5) == 0);
        }
        PVector<EndedLife> unconfirmed = TreePVector.empty();
        for (int i = random.nextInt(4); i > 0; i--) {
            unconfirmed = unconfirmed.plus(ended(random, hex));
        }
        return new Checkpoint(
                new Checkpoint.ReadPosition(NOW_NS, newest, last, dedupWindow, random.nextLong(3) * SECOND_NS, former),
                portfolio,
                new Checkpoint.Coverage(snapshot, gap, random.nextLong(3), unconfirmed, shown(random, hex)),
                random.nextInt(2) * random.nextLong(),
                null);
    }

    private static PMap<ContainerId, Life> shown(SplittableRandom random, boolean hex) {
        PMap<ContainerId, Life> shown = HashTreePMap.empty();
        for (int i = random.nextInt(4); i > 0; i--) {
            shown = shown.plus(
                    new ContainerId(hex ? Samples.hex(random) : "shown" + random.nextLong()),
                    Life.withinSecond(NOW_NS / SECOND_NS - random.nextLong(90), random.nextInt(4_194_304)));
        }
        return shown;
    }

    private static EndedLife ended(SplittableRandom random, boolean hex) {
        var id = new ContainerId(hex ? Samples.hex(random) : "ended" + random.nextLong());
        Life life = random.nextBoolean()
                ? new Life(NOW_NS, Life.Precision.RESTORE, 7, true)
                : Life.exact(NOW_NS, random.nextInt(4_194_304));
        return new EndedLife(id, life, NOW_NS + random.nextLong(90), random.nextBoolean(), random.nextBoolean());
    }

    private static byte[] json(Map<String, Object> offset) {
        try (var converter = new JsonConverter()) {
            converter.configure(Map.of("schemas.enable", "false"), false);
            return converter.fromConnectData("offsets", null, offset);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> throughJson(Map<String, Object> offset) {
        try (var converter = new JsonConverter()) {
            converter.configure(Map.of("schemas.enable", "false"), false);
            return (Map<String, ?>)
                    converter.toConnectData("offsets", json(offset)).value();
        }
    }

    private static Object typed(String value) {
        if (value == null || !value.matches("-?[0-9]+(\\.[0-9]+)?") || value.startsWith("0")) {
            return value;
        }
        return value.contains(".") ? (Object) Double.valueOf(value) : Long.valueOf(value);
    }

    @Test
    void isPlainAscii() {
        byte[] json = json(Offsets.encode(ManyContainers.of(100, 10, OVERLAP_NS, 100), OVERLAP_NS, OffsetNotes.NONE));

        assertThat(new String(json, StandardCharsets.US_ASCII))
                .matches("[ -~]*")
                .doesNotContain("\\");
    }
}
