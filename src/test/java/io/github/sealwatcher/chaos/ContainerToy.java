package io.github.sealwatcher.chaos;

import io.github.sealwatcher.chaos.Hand.Toy;
import java.util.List;
import java.util.Map;

/** A container's name, and what stands behind it by turns. */
final class ContainerToy implements Toy {
    private static final String[] LONG = {"sleep", "100000"};
    private static final List<String> RUN = List.of("run", "-d", "--network", "none");

    private final Commands commands;
    private final String name;
    private State state = State.ABSENT;

    private enum State {
        ABSENT,
        RUNNING,
        PAUSED,
        ENDED,
        /** Removes itself when it ends. */
        FLEETING
    }

    private enum Birth {
        RUN,
        RUN_AND_FAIL,
        CREATE,
        FLEET,
        FLASH
    }

    private enum Death {
        KILL,
        STOP,
        RESTART,
        PAUSE,
        REMOVE
    }

    ContainerToy(Commands commands, String name) {
        this.commands = commands;
        this.name = name;
    }

    @Override
    public void play(Dice dice) {
        state = switch (state) {
            case ABSENT ->
                bear(dice.draw(
                        Map.of(Birth.RUN, 6, Birth.RUN_AND_FAIL, 2, Birth.CREATE, 1, Birth.FLEET, 2, Birth.FLASH, 4)));
            case RUNNING ->
                end(dice.draw(Map.of(Death.KILL, 3, Death.STOP, 2, Death.RESTART, 3, Death.PAUSE, 3, Death.REMOVE, 3)));
            case PAUSED -> dice.chance(0.7) ? to(State.RUNNING, "unpause", name) : removed();
            case ENDED -> dice.chance(0.6) ? to(State.RUNNING, "start", name) : removed();
            case FLEETING -> removed();
        };
    }

    @Override
    public void forget() {
        commands.attempt("rm", "-f", "-i", "-t", "0", name);
        state = State.ABSENT;
    }

    private State bear(Birth birth) {
        switch (birth) {
            case RUN -> commands.container(RUN, name, LONG);
            case RUN_AND_FAIL -> commands.container(RUN, name, "sh", "-c", "exit 3");
            case CREATE -> commands.container(List.of("create", "--network", "none"), name, LONG);
            case FLEET -> commands.container(List.of("run", "-d", "--rm", "--network", "none"), name, "sleep", "1");
            case FLASH -> commands.container(List.of("run", "--rm", "--network", "none"), name, "true");
        }
        return switch (birth) {
            case RUN -> State.RUNNING;
            case RUN_AND_FAIL, CREATE -> State.ENDED;
            case FLEET -> State.FLEETING;
            case FLASH -> State.ABSENT;
        };
    }

    private State end(Death death) {
        return switch (death) {
            case KILL -> to(State.ENDED, "kill", name);
            case STOP -> to(State.ENDED, "stop", "-t", "0", name);
            case RESTART -> to(State.RUNNING, "restart", "-t", "0", name);
            case PAUSE -> to(State.PAUSED, "pause", name);
            case REMOVE -> removed();
        };
    }

    private State removed() {
        return to(State.ABSENT, "rm", "-f", "-i", "-t", "0", name);
    }

    private State to(State next, String... command) {
        commands.run(command);
        return next;
    }
}
