package io.github.sealwatcher.chaos.workload;

import io.github.sealwatcher.chaos.world.Commands;
import io.github.sealwatcher.chaos.world.Dice;
import java.util.ArrayList;
import java.util.List;

/** Plays with containers and pods of its own, one command after the other. */
final class Hand {
    private static final int CONTAINERS = 4;

    private final Dice dice;
    private final List<Toy> toys = new ArrayList<>();

    Hand(Commands commands, Dice dice, int number, boolean renames) {
        this.dice = dice;
        for (int i = 0; i < CONTAINERS; i++) {
            toys.add(new ContainerToy(
                    commands, Commands.PREFIX + number + i, renames ? "other-" + number + i : "", tint(i)));
        }
        toys.add(new PodToy(commands, Commands.PREFIX + "pod" + number, tint(number)));
    }

    /** A label for filters to go by. */
    private static String tint(int number) {
        return number % 2 == 0 ? "tint=red" : "tint=blue";
    }

    /** One command; never fails. */
    void play() {
        Toy toy = toys.get(dice.number(0, toys.size() - 1));
        try {
            toy.play(dice);
        } catch (IllegalStateException e) {
            // Two states of one container can't be told apart from outside: begin anew.
            toy.forget();
        }
    }

    /** Removes all it has made. */
    void clear() {
        toys.forEach(Toy::forget);
    }

    /** Something to play with. */
    interface Toy {
        /** One command that fits what state it is in. */
        void play(Dice dice);

        /** Away with it, whatever state it is in; never fails. */
        void forget();
    }
}
