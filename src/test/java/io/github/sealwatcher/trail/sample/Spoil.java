package io.github.sealwatcher.trail.sample;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.trail.rule.Rule;
import io.github.sealwatcher.trail.topic.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What an accident, a careless copy or a hand may do to a trail. */
public enum Spoil {
    RECORD_DROPPED(Rule.ORDER),
    RECORD_DOUBLED(Rule.ONCE),
    RECORDS_SWAPPED(Rule.ORDER),
    EXIT_CODE_CHANGED(Rule.IDENTITY),
    TOMBSTONE_DROPPED(Rule.STATE),
    START_INVENTED(Rule.STATE),
    GAP_DROPPED(Rule.INFERRED),
    LIVES_MERGED(Rule.LIFE);

    private final Rule rule;

    /**
     * A spoiled copy.
     *
     * @param at the index among the records of its topic, in the copy, of what must be named
     */
    public record Spoiled(List<SampleRecord> records, Kind kind, long at, String what) {}

    Spoil(Rule rule) {
        this.rule = rule;
    }

    /** What names it. */
    public Rule rule() {
        return rule;
    }

    public Spoiled apply(List<SampleRecord> whole) {
        List<SampleRecord> records = new ArrayList<>(whole);
        return switch (this) {
            case RECORD_DROPPED -> {
                int[] life = life(records, 1);
                SampleRecord dropped = records.get(life[0]);
                SampleRecord named = records.get(life[1]);
                records.remove(life[0]);
                yield spoiled(records, named, dropped);
            }
            case RECORD_DOUBLED -> {
                int[] life = life(records, 1);
                SampleRecord doubled = records.get(life[0]);
                SampleRecord copy = copy(doubled, doubled.key(), doubled.value());
                records.add(life[0] + 1, copy);
                yield spoiled(records, copy, doubled);
            }
            case RECORDS_SWAPPED -> {
                int[] life = life(records, 1);
                SampleRecord start = records.get(life[0]);
                SampleRecord die = records.get(life[1]);
                records.set(life[0], die);
                records.set(life[1], start);
                yield spoiled(records, die, start);
            }
            case EXIT_CODE_CHANGED -> {
                int at = first(records, record -> exitCode(record) > 0);
                SampleRecord die = records.get(at);
                SampleRecord changed =
                        copy(die, die.key(), die.value().deepCopy().put("exit_code", 0));
                records.set(at, changed);
                yield spoiled(records, changed, die);
            }
            case TOMBSTONE_DROPPED -> tombstone(records);
            case START_INVENTED -> {
                int at = life(records, 1)[0];
                SampleRecord invented = invented(records.get(at));
                records.add(at, invented);
                yield spoiled(records, invented, invented);
            }
            case GAP_DROPPED -> gap(records);
            case LIVES_MERGED -> {
                int[] lives = life(records, 2);
                SampleRecord start = records.get(lives[2]);
                SampleRecord named = records.get(lives[3]);
                SampleRecord die = records.get(lives[1]);
                records.remove(start);
                records.remove(die);
                yield spoiled(records, named, die);
            }
        };
    }

    /** The indices of start and die of that many lives in a row of one container, all heard of, from the middle on. */
    private static int[] life(List<SampleRecord> records, int lives) {
        Map<String, List<Integer>> turns = new LinkedHashMap<>();
        int middle = records.size() / 3;
        for (int i = middle; i < records.size(); i++) {
            SampleRecord record = records.get(i);
            if (record.kind() == Kind.EVENTS && !type(record).equals("pod_association")) {
                turns.computeIfAbsent(id(record), key -> new ArrayList<>()).add(i);
            }
        }
        return turns.values().stream()
                .flatMap(found -> IntStream.rangeClosed(0, found.size() - 2 * lives)
                        .mapToObj(from -> found.subList(from, from + 2 * lives)))
                .filter(found -> IntStream.range(0, 2 * lives)
                        .allMatch(i -> type(records.get(found.get(i))).equals(i % 2 == 0 ? "start" : "die")
                                && !records.get(found.get(i))
                                        .headers()
                                        .get("podman.origin")
                                        .equals("reconciled")))
                .findFirst()
                .orElseThrow()
                .stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The last tombstone of a container that has none later, and no row. */
    private static Spoiled tombstone(List<SampleRecord> records) {
        Map<String, Integer> last = new HashMap<>();
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i).kind() == Kind.STATE) {
                last.put(id(records.get(i)), i);
            }
        }
        int at = last.values().stream()
                .filter(i -> records.get(i).value() == null)
                .sorted()
                .skip(last.size() / 2)
                .findFirst()
                .orElseThrow();
        SampleRecord tombstone = records.remove(at);
        SampleRecord row = records.stream()
                .filter(record -> record.kind() == Kind.STATE && id(record).equals(id(tombstone)))
                .reduce((one, other) -> other)
                .orElseThrow();
        return spoiled(records, row, tombstone);
    }

    /** Like a real one, down to id and digest, of a container that never was. */
    private static SampleRecord invented(SampleRecord start) {
        String id = "0123456789abcdef".repeat(4);
        ObjectNode value = start.value().deepCopy();
        value.withObject("/container").put("id", id).put("name", "never-was");
        value.putNull("pod");
        String eventId = EventId.of(
                        "container", "start", id, value.path("time_ns").asLong())
                .toString();
        value.put("event_id", eventId);
        Map<String, String> headers = new HashMap<>(start.headers());
        headers.put("podman.event.id", eventId);
        headers.remove("podman.digest");
        ObjectNode key = start.key().deepCopy().put("container_id", id);
        return new SampleRecord(Kind.EVENTS, key, value, headers, start.stampMs());
    }

    /** A gap without which something inferred lies in none. */
    private static Spoiled gap(List<SampleRecord> records) {
        List<SampleRecord> gaps = records.stream()
                .filter(record -> record.kind() == Kind.HOSTS && type(record).equals("history_gap"))
                .toList();
        for (SampleRecord gap : gaps) {
            for (SampleRecord record : records) {
                boolean alone = record.kind() == Kind.EVENTS
                        && record.headers().get("podman.origin").equals("reconciled")
                        && gaps.stream()
                                .filter(other -> covers(other, record))
                                .toList()
                                .equals(List.of(gap));
                if (alone) {
                    records.remove(gap);
                    return spoiled(records, record, gap);
                }
            }
        }
        throw new IllegalStateException("nothing inferred lies in one gap alone");
    }

    private static boolean covers(SampleRecord gap, SampleRecord event) {
        long timeNs = event.value().path("time_ns").asLong();
        return gap.value().path("gap_from_ns").asLong() <= timeNs
                && timeNs <= gap.value().path("gap_to_ns").asLong();
    }

    @SuppressWarnings("ReferenceEquality") // a doubled record equals the one before it
    private static Spoiled spoiled(List<SampleRecord> records, SampleRecord named, SampleRecord what) {
        List<SampleRecord> topic =
                records.stream().filter(record -> record.kind() == named.kind()).toList();
        int at = first(topic, record -> record == named);
        String text = what.kind() + " " + what.headers().get("podman.event.type") + " " + what.key();
        return new Spoiled(records, named.kind(), at, text);
    }

    private static int first(List<SampleRecord> records, Predicate<SampleRecord> wanted) {
        return IntStream.range(0, records.size())
                .filter(i -> wanted.test(records.get(i)))
                .findFirst()
                .orElseThrow();
    }

    private static int exitCode(SampleRecord record) {
        return record.kind() == Kind.EVENTS ? record.value().path("exit_code").asInt(0) : 0;
    }

    private static SampleRecord copy(SampleRecord record, ObjectNode key, ObjectNode value) {
        return new SampleRecord(record.kind(), key, value, record.headers(), record.stampMs());
    }

    private static String type(SampleRecord record) {
        return record.headers().get("podman.event.type");
    }

    private static String id(SampleRecord record) {
        return record.key().path("container_id").asText();
    }
}
