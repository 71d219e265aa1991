package io.github.sealwatcher.watch.sim;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts what the checkers complain of, by kind and by what it takes for it. */
final class Table {

    /** What can be left out of a script at once, the rarest first: who names one that is needed names the cause. */
    private static final Map<String, Set<Verb>> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put("configured otherwise", Set.of(Verb.CONFIG));
        GROUPS.put("stop", Set.of(Verb.STOP));
        GROUPS.put("worker's clock steps", Set.of(Verb.OURS));
        GROUPS.put("upgrade", Set.of(Verb.UPGRADE));
        GROUPS.put("fail-over", Set.of(Verb.FAILOVER));
        GROUPS.put("migration", Set.of(Verb.MIGRATE));
        GROUPS.put("checkpoint and restore", Set.of(Verb.CHECKPOINT, Verb.RESTORE));
        GROUPS.put("rename", Set.of(Verb.RENAME));
        GROUPS.put("host's clock steps", Set.of(Verb.CLOCK));
        GROUPS.put("no event log", Set.of(Verb.LOG));
        GROUPS.put("broken line", Set.of(Verb.POISON));
        GROUPS.put("garbled line", Set.of(Verb.GARBLE));
        GROUPS.put("log deleted", Set.of(Verb.DELETE));
        GROUPS.put("reboot", Set.of(Verb.REBOOT));
        GROUPS.put("rewind", Set.of(Verb.REWIND));
        GROUPS.put("offset deleted", Set.of(Verb.RESET));
        GROUPS.put("log cut", Set.of(Verb.ROTATE));
        GROUPS.put("crash", Set.of(Verb.CRASH));
        GROUPS.put("unseen kill", Set.of(Verb.VANISH));
        GROUPS.put("task paused", Set.of(Verb.STALL));
        GROUPS.put("connection lost", Set.of(Verb.DROP, Verb.HANG, Verb.LEAVE));
        GROUPS.put("restart loop", Set.of(Verb.FLAP));
    }

    /** Each kind of complaint with each cause, and the seeds. */
    private final Map<String, Map<String, Set<Long>>> seeds = new TreeMap<>();

    private final Map<String, Set<Long>> byRule = new TreeMap<>();
    private int failed;

    /** Has one more seed judged; null if nothing is wrong. */
    synchronized void add(long seed, Map<String, String> causes) {
        if (causes.isEmpty()) {
            return;
        }
        failed++;
        causes.forEach((kind, cause) -> {
            String rule = rule(kind);
            seeds.computeIfAbsent(rule, it -> new HashMap<>())
                    .computeIfAbsent(cause, it -> new TreeSet<>())
                    .add(seed);
            byRule.computeIfAbsent(rule, it -> new TreeSet<>()).add(seed);
        });
    }

    int failed() {
        return failed;
    }

    /** What a script is complained of for, each kind with what it can't do without. */
    static Map<String, String> causes(Script script, List<String> complaints) {
        Set<String> kinds = new TreeSet<>();
        complaints.forEach(complaint -> kinds.add(kind(complaint)));
        Map<String, String> causes = new TreeMap<>();
        if (kinds.isEmpty()) {
            return causes;
        }
        for (Setting.Parameter knob : script.setting().more().keySet()) {
            needed(script.with(script.setting().without(knob)), name(knob), kinds, causes);
        }
        GROUPS.forEach((name, verbs) -> {
            List<Move> fewer = script.moves().stream()
                    .filter(move -> !verbs.contains(move.verb()))
                    .toList();
            if (fewer.size() < script.moves().size()) {
                needed(script.with(fewer), name, kinds, causes);
            }
        });
        kinds.forEach(kind -> causes.putIfAbsent(kind, "nothing, or any of several"));
        return causes;
    }

    private static String name(Setting.Parameter knob) {
        return switch (knob) {
            case SKEW -> "distance of the clocks";
            case INSPECT -> "no inspect";
            case INCLUDE -> "further actions";
            case SLOW -> "slow inspects";
            case FAILING -> "failing inspects";
            case ENDING -> "streams that end at once";
            case KEYS -> "small offsets";
            case GAP_FAILS -> "on.history.gap=fail";
            case SNAPSHOT -> "snapshot mode";
            case FILTER -> "filters";
        };
    }

    private static void needed(Script without, String name, Set<String> kinds, Map<String, String> causes) {
        if (causes.size() == kinds.size()) {
            return;
        }
        Set<String> left = new TreeSet<>();
        Checkers.all(Simulation.of(without)).forEach(complaint -> left.add(kind(complaint)));
        for (String kind : kinds) {
            if (!left.contains(kind)) {
                causes.putIfAbsent(kind, name);
            }
        }
    }

    /** What is left of a complaint without the container and the time that it is about. */
    static String kind(String complaint) {
        return complaint.replaceAll("(?<=crash: ).*?: |\\d{6,}", "").replaceAll(" of [0-9a-f]{4}\\b| told \\{.*", "");
    }

    /** The rule that a kind of complaint is about. */
    private static String rule(String kind) {
        int colon = kind.indexOf(": ", kind.indexOf(": ") + 1);
        return colon < 0 ? kind : kind.substring(0, colon);
    }

    /** As a table of Markdown, with a seed for each line. */
    @Override
    public String toString() {
        StringBuilder table = new StringBuilder(
                "| what a checker complains of | seeds | for instance | takes |\n|---|---|---|---|\n");
        byRule.forEach((rule, all) -> {
            StringBuilder takes = new StringBuilder();
            Map<String, Set<Long>> by = seeds.getOrDefault(rule, Map.of());
            by.entrySet().stream()
                    .sorted(Comparator.comparingInt(
                            (Map.Entry<String, Set<Long>> it) -> -it.getValue().size()))
                    .forEach(it -> takes.append(takes.isEmpty() ? "" : ", ")
                            .append(it.getKey())
                            .append(' ')
                            .append(it.getValue().size()));
            long first = all.stream().mapToLong(Long::longValue).min().orElse(0);
            table.append("| ")
                    .append(rule)
                    .append(" | ")
                    .append(all.size())
                    .append(" | ")
                    .append(first)
                    .append(" | ")
                    .append(takes)
                    .append(" |\n");
        });
        return table.toString();
    }
}
