package io.github.sealwatcher.chaos.workload;

import io.github.sealwatcher.chaos.workload.WorkloadClient.Actor;
import io.github.sealwatcher.chaos.world.Commands;
import io.github.sealwatcher.chaos.world.SeededRandom;
import java.util.List;
import java.util.Map;

/** A pod's name, and the pods and members behind it by turns. */
final class PodActor implements Actor {
    private static final int MAX_MEMBERS = 3;

    private final Commands commands;
    private final String name;
    private final String label;
    private boolean exists;
    private boolean paused;
    private int members;

    private enum Move {
        JOIN,
        LEAVE,
        START,
        STOP,
        RESTART,
        KILL,
        PAUSE,
        REMOVE
    }

    /** @param label {@code key=value}, of the pod; its infra container has it too, its members don't */
    PodActor(Commands commands, String name, String label) {
        this.label = "--label=" + label;
        this.commands = commands;
        this.name = name;
    }

    @Override
    public void play(SeededRandom random) {
        if (!exists) {
            commands.run("pod", "create", label, "--name", name);
            exists = true;
        } else if (paused) {
            commands.run("pod", "unpause", name);
            paused = false;
        } else {
            move(random.draw(Map.of(
                    Move.JOIN,
                    5,
                    Move.LEAVE,
                    2,
                    Move.START,
                    2,
                    Move.STOP,
                    2,
                    Move.RESTART,
                    1,
                    Move.KILL,
                    1,
                    Move.PAUSE,
                    1,
                    Move.REMOVE,
                    2)));
        }
    }

    @Override
    public void forget() {
        commands.attempt("pod", "rm", "-f", "-i", "-t", "0", name);
        gone();
    }

    private void move(Move move) {
        switch (move) {
            case JOIN -> join();
            case LEAVE -> leave();
            case START -> commands.run("pod", "start", name);
            case STOP -> commands.run("pod", "stop", "-t", "0", name);
            case RESTART -> commands.run("pod", "restart", name);
            case KILL -> commands.run("pod", "kill", name);
            case PAUSE -> {
                commands.run("pod", "pause", name);
                paused = true;
            }
            case REMOVE -> {
                commands.run("pod", "rm", "-f", "-t", "0", name);
                gone();
            }
        }
    }

    private void join() {
        if (members < MAX_MEMBERS) {
            commands.container(List.of("run", "-d", "--pod", name), name + "-" + members, "sleep", "100000");
            members++;
        }
    }

    private void leave() {
        if (members > 0) {
            members--;
            commands.run("rm", "-f", "-i", "-t", "0", name + "-" + members);
        }
    }

    private void gone() {
        exists = false;
        paused = false;
        members = 0;
    }
}
