package io.github.sealwatcher.watch.sim;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run begins with.
 *
 * @param chance the seed of all that isn't in the moves: how long answers take, and in which order
 * @param podman whose behaviour; an upgrade changes it
 * @param exactlyOnce whether what was given out and its checkpoint survive a crash together
 * @param keepsMs how much of the log a cut always leaves
 * @param oneClock whether the worker runs on the host itself, so that both have one clock
 * @param more what differs from the usual
 */
record Setting(
        long chance, Version podman, boolean exactlyOnce, long keepsMs, boolean oneClock, Map<Parameter, Long> more) {

    Setting {
        more = Map.copyOf(more);
    }

    /** How Podmans differ when their log is cut or broken. */
    enum Version {
        /** 4.3: a followed stream ends when the log is cut, and every read ends at a broken line. */
        ENDING("4.3.1"),
        /** 5.3 to 5.5: skips and repeats when the log is cut; a broken line ends the whole service. */
        FAILING("5.4.2"),
        /** Later ones: skip and repeat when the log is cut, and leave broken lines out. */
        SKIPPING("5.8.6");

        final String number;

        Version(String number) {
            this.number = number;
        }

        /** Whether every event carries an exit code, if only 0. */
        boolean writesExitCodes() {
            return this == ENDING;
        }
    }

    /** What can differ from the usual, each with a number. */
    enum Parameter {
        /** How many milliseconds the worker's clock is ahead of the host's. */
        SKEW(0),
        /** 0: nothing is inspected. */
        INSPECT(1),
        /** 1: creates, removals, renames and what has no type of its own are told too. */
        INCLUDE(0),
        /** How many milliseconds an inspect takes at most beyond the usual. */
        SLOW(0),
        /** Of a hundred look-ups so many find nothing although the container is there. */
        FAILING(0),
        /** Of a hundred streams so many end at once. */
        ENDING(0),
        /** How many keys an offset holds at most. */
        KEYS(4096),
        /** 1: a gap ends the task, which the operator starts again. */
        GAP_FAILS(0),
        /** The snapshot mode: initial, always, no_data. */
        SNAPSHOT(0),
        /** Which containers are told of: all, those with an even number, those that weren't renamed to an odd one. */
        FILTER(0);

        final long usual;

        Parameter(long usual) {
            this.usual = usual;
        }
    }

    static Setting parse(String line) {
        List<String> words = List.of(line.trim().split(" +"));
        Map<Parameter, Long> more = new EnumMap<>(Parameter.class);
        for (String word : words.subList(6, words.size())) {
            int equals = word.indexOf('=');
            more.put(
                    Parameter.valueOf(word.substring(0, equals).toUpperCase(Locale.ROOT)),
                    Long.valueOf(word.substring(equals + 1)));
        }
        return new Setting(
                Long.parseLong(words.get(1)),
                Version.valueOf(words.get(2)),
                words.get(3).equals("exactly-once"),
                Long.parseLong(words.get(4)),
                words.get(5).equals("one-clock"),
                more);
    }

    long get(Parameter knob) {
        return more.getOrDefault(knob, knob.usual);
    }

    Setting with(long otherChance) {
        return new Setting(otherChance, podman, exactlyOnce, keepsMs, oneClock, more);
    }

    /** With one thing as usual. */
    Setting without(Parameter knob) {
        Map<Parameter, Long> fewer = new EnumMap<>(Parameter.class);
        fewer.putAll(more);
        fewer.remove(knob);
        return new Setting(chance, podman, exactlyOnce, keepsMs, oneClock, fewer);
    }

    Setting with(Parameter knob, long value) {
        Map<Parameter, Long> other = new EnumMap<>(Parameter.class);
        other.putAll(more);
        other.put(knob, value);
        return new Setting(chance, podman, exactlyOnce, keepsMs, oneClock, other);
    }

    @Override
    public String toString() {
        return "setting " + chance + " " + podman + " " + (exactlyOnce ? "exactly-once" : "at-least-once") + " "
                + keepsMs + " " + (oneClock ? "one-clock" : "two-clocks")
                + more.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(it -> " " + it.getKey().name().toLowerCase(Locale.ROOT) + "=" + it.getValue())
                        .collect(Collectors.joining());
    }
}
