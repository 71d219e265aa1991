package io.github.sealwatcher.watch.sim;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Something that is done to the simulated host or to us.
 *
 * @param atMs when, since the beginning
 * @param arguments as many as the verb has
 */
record Move(long atMs, Verb verb, List<Long> arguments) {

    Move {
        if (arguments.size() != verb.arity) {
            throw new IllegalArgumentException(verb + " has " + verb.arity + " arguments, not " + arguments);
        }
    }

    static Move of(long atMs, Verb verb, long... arguments) {
        return new Move(atMs, verb, Arrays.stream(arguments).boxed().toList());
    }

    /** What {@link #toString} gave. */
    static Move parse(String line) {
        List<String> words = List.of(line.trim().split(" +"));
        return new Move(
                Long.parseLong(words.get(0)),
                Verb.valueOf(words.get(1).toUpperCase(Locale.ROOT)),
                words.stream().skip(2).map(Long::valueOf).toList());
    }

    long argument(int index) {
        return arguments.get(index);
    }

    /** The container that it is about. */
    int container() {
        return (int) argument(0);
    }

    Move at(long otherMs) {
        return new Move(otherMs, verb, arguments);
    }

    Move with(int index, long argument) {
        List<Long> changed = new java.util.ArrayList<>(arguments);
        changed.set(index, argument);
        return new Move(atMs, verb, List.copyOf(changed));
    }

    @Override
    public String toString() {
        return atMs + " " + verb + arguments.stream().map(it -> " " + it).collect(Collectors.joining());
    }
}
