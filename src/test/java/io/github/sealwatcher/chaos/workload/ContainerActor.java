package io.github.sealwatcher.chaos.workload;

import io.github.sealwatcher.chaos.workload.WorkloadClient.Actor;
import io.github.sealwatcher.chaos.world.Commands;
import io.github.sealwatcher.chaos.world.SeededRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A container's name, and what stands behind it by turns. */
final class ContainerActor implements Actor {
    private static final String[] LONG = {"sleep", "100000"};

    private final Commands commands;
    private final String firstName;
    /** Another that some filters hide; empty if it is never renamed. */
    private final String otherName;

    private final String label;
    private String name;
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
        REMOVE,
        RENAME
    }

    /**
     * @param otherName what it is renamed to and from; empty if it isn't
     * @param label {@code key=value}
     */
    ContainerActor(Commands commands, String name, String otherName, String label) {
        this.commands = commands;
        this.firstName = name;
        this.otherName = otherName;
        this.name = name;
        this.label = "--label=" + label;
    }

    @Override
    public void play(SeededRandom random) {
        state = switch (state) {
            case ABSENT ->
                bear(random.draw(
                        Map.of(Birth.RUN, 6, Birth.RUN_AND_FAIL, 2, Birth.CREATE, 1, Birth.FLEET, 2, Birth.FLASH, 4)));
            case RUNNING ->
                end(random.draw(Map.of(
                        Death.KILL,
                        3,
                        Death.STOP,
                        2,
                        Death.RESTART,
                        3,
                        Death.PAUSE,
                        3,
                        Death.REMOVE,
                        3,
                        Death.RENAME,
                        otherName.isEmpty() ? 0 : 3)));
            case PAUSED -> random.chance(0.7) ? to(State.RUNNING, "unpause", name) : removed();
            case ENDED -> random.chance(0.6) ? to(State.RUNNING, "start", name) : removed();
            case FLEETING -> removed();
        };
    }

    @Override
    public void forget() {
        commands.attempt("rm", "-f", "-i", "-t", "0", firstName);
        if (!otherName.isEmpty()) {
            commands.attempt("rm", "-f", "-i", "-t", "0", otherName);
        }
        state = State.ABSENT;
    }

    private State bear(Birth birth) {
        switch (birth) {
            case RUN -> commands.container(verb("run", "-d"), name, LONG);
            case RUN_AND_FAIL -> commands.container(verb("run", "-d"), name, "sh", "-c", "exit 3");
            case CREATE -> commands.container(verb("create"), name, LONG);
            case FLEET -> commands.container(verb("run", "-d", "--rm"), name, "sleep", "1");
            case FLASH -> commands.container(verb("run", "--rm"), name, "true");
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
            case RENAME -> renamed();
        };
    }

    private List<String> verb(String... words) {
        return Stream.concat(Stream.of(words), Stream.of("--network", "none", label))
                .toList();
    }

    private State renamed() {
        String next = name.equals(firstName) ? otherName : firstName;
        commands.run("rename", name, next);
        name = next;
        return State.RUNNING;
    }

    private State removed() {
        return to(State.ABSENT, "rm", "-f", "-i", "-t", "0", name);
    }

    private State to(State next, String... command) {
        commands.run(command);
        return next;
    }
}
