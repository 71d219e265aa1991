package io.github.sealwatcher.chaos.workload;

import io.github.sealwatcher.chaos.world.Commands;
import io.github.sealwatcher.chaos.world.SeededRandom;
import java.util.ArrayList;
import java.util.List;

/** Drives containers and pods of its own, one command after the other. */
final class WorkloadClient {
    private static final int CONTAINERS = 4;

    private final SeededRandom random;
    private final List<Actor> actors = new ArrayList<>();

    WorkloadClient(Commands commands, SeededRandom random, int number, boolean renames) {
        this.random = random;
        for (int i = 0; i < CONTAINERS; i++) {
            actors.add(new ContainerActor(
                    commands, Commands.PREFIX + number + i, renames ? "other-" + number + i : "", tint(i)));
        }
        actors.add(new PodActor(commands, Commands.PREFIX + "pod" + number, tint(number)));
    }

    /** A label for filters to go by. */
    private static String tint(int number) {
        return number % 2 == 0 ? "tint=red" : "tint=blue";
    }

    /** One command; never fails. */
    void play() {
        Actor actor = actors.get(random.number(0, actors.size() - 1));
        try {
            actor.play(random);
        } catch (IllegalStateException e) {
            // Two states of one container can't be told apart from outside: begin anew.
            actor.forget();
        }
    }

    /** Removes all it has made. */
    void clear() {
        actors.forEach(Actor::forget);
    }

    /** Something to play with. */
    interface Actor {
        /** One command that fits what state it is in. */
        void play(SeededRandom random);

        /** Away with it, whatever state it is in; never fails. */
        void forget();
    }
}
