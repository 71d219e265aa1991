package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.Observed;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.watch.Input;
import io.github.sealwatcher.watch.Output;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Does what the core wants of the simulated Podman, with delays and faults. */
final class SimHost {

    private static final long POLL_NS = 250 * SimClock.MILLISECOND_NS;
    private static final long LONGEST_ANSWER_NS = 80 * SimClock.MILLISECOND_NS;
    /** One host in so many is slow. */
    private static final int SLOW = 4;

    private static final int SLOWLY = 12;
    private static final long RESTART_NS = SimClock.SECOND_NS;
    /** How late an answer can be on a connection that is gone. */
    private static final long LATEST_ANSWER_NS = 3 * SimClock.SECOND_NS;

    private static final long REQUEST_TIMEOUT_NS = 30 * SimClock.SECOND_NS;

    private final SimClock clock;
    private final SplittableRandom random;
    private final SimPodman podman;
    private final Setting.Version version;
    private final long longestAnswerNs;
    private final Consumer<Input> core;
    private @Nullable Connection connection;
    /** Counts our processes: what one asked is never answered to the next. */
    private int process;

    private boolean away;
    private boolean stalled;

    SimHost(SimClock clock, SplittableRandom random, SimPodman podman, Setting setting, Consumer<Input> core) {
        this.clock = clock;
        this.random = random;
        this.podman = podman;
        this.core = core;
        this.version = setting.podman();
        this.longestAnswerNs = setting.chance() % SLOW == 0 ? LONGEST_ANSWER_NS * SLOWLY : LONGEST_ANSWER_NS;
    }

    void perform(Output output) {
        if (output instanceof Output.Connect connect) {
            Connection opened = new Connection(connect.epoch(), process);
            connection = opened;
            answer(
                    opened,
                    () -> away
                            ? new Input.Lost(connect.epoch(), Input.Loss.BROKEN, "away")
                            : new Input.Connected(
                                    connect.epoch(), new EngineIdentity("5.4.2", "1.41", "unix:///sim", 1)));
        } else if (output instanceof Output.Disconnect) {
            close();
        } else if (connection != null) {
            request(connection, output);
        }
    }

    private void request(Connection on, Output output) {
        if (output instanceof Output.ListAll) {
            list(on);
        } else if (output instanceof Output.Recall recall) {
            clock.in(
                    random.nextLong(longestAnswerNs),
                    () -> recall(on, podman.keepsLog(), new ArrayDeque<>(podman.log.read(0)), recall.sinceNs()));
        } else if (output instanceof Output.Follow follow) {
            Follower follower = new Follower(on, follow.sinceNs(), 0);
            clock.in(random.nextLong(longestAnswerNs), follower::poll);
        } else if (output instanceof Output.FollowNew) {
            clock.in(random.nextLong(longestAnswerNs), () -> new Follower(on, Long.MIN_VALUE, podman.log.end()).poll());
        } else if (output instanceof Output.LookUp lookUp) {
            clock.in(random.nextLong(longestAnswerNs / 8), () -> lookUp(on, lookUp));
        } else if (output instanceof Output.Ping) {
            answer(on, () -> new Input.Pinged(on.epoch, true));
        }
    }

    /** The connection breaks. */
    void drop() {
        Connection broken = connection;
        if (broken != null && broken.open) {
            close();
            core.accept(new Input.Lost(broken.epoch, Input.Loss.BROKEN, "cut"));
        }
    }

    /** The connection stays, and nothing comes any more. */
    void hang() {
        if (connection != null) {
            connection.hung = true;
        }
    }

    void leave() {
        away = true;
        drop();
    }

    void comeBack() {
        away = false;
    }

    /** Nobody takes what the stream brings, so it stands still. */
    void stall(boolean stalls) {
        stalled = stalls;
    }

    /** Our process is gone: no answer to it reaches the next one. */
    void forget() {
        process++;
        close();
    }

    /** Whoever held the connection is gone. */
    void close() {
        if (connection != null) {
            connection.open = false;
        }
    }

    /** Not atomic: each container is shown as it is when its turn comes. */
    private void list(Connection on) {
        long askedAtNs = clock.now().wallNs();
        List<Observed> shown = new ArrayList<>();
        List<SimContainer> first = podman.containers();
        long span = 1 + random.nextLong(longestAnswerNs);
        int cut = first.isEmpty() ? 0 : random.nextInt(first.size());
        clock.in(span / 2, () -> first.subList(0, cut).forEach(container -> show(shown, container)));
        clock.in(span, () -> first.subList(cut, first.size()).forEach(container -> show(shown, container)));
        clock.in(span + 1, () -> deliver(on, () -> new Input.Listed(on.epoch, askedAtNs, shown)));
    }

    private void show(List<Observed> shown, SimContainer container) {
        if (podman.get(container.id) != null) {
            shown.add(container.listed());
        }
    }

    /** Some lines at a time, as the log was when the reading began. */
    private void recall(Connection on, boolean readable, Deque<EngineEvent> lines, long sinceNs) {
        if (!readable) {
            noLog(on);
            return;
        }
        int more = lines.isEmpty() ? 0 : 1 + random.nextInt(lines.size());
        for (EngineEvent line = lines.poll(); line != null; line = lines.poll()) {
            if (isEnd(line)) {
                brokenLine(on);
                return;
            }
            EngineEvent event = line;
            if (isShown(event, sinceNs)) {
                deliver(on, () -> new Input.Recalled(on.epoch, event));
            }
            if (--more == 0 && !lines.isEmpty()) {
                clock.in(random.nextLong(longestAnswerNs / 4), () -> recall(on, true, lines, sinceNs));
                return;
            }
        }
        deliver(on, () -> new Input.RecallEnded(on.epoch));
    }

    private void noLog(Connection on) {
        deliver(on, () -> {
            if (on.open) {
                podman.miss();
            }
            return new Input.Lost(on.epoch, Input.Loss.NO_HISTORY, "no log");
        });
    }

    private boolean isEnd(EngineEvent line) {
        return line.type().equals(SimLog.BROKEN) && podman.endsAtBrokenLine();
    }

    private static boolean isShown(EngineEvent line, long sinceNs) {
        return line.timeNs() > sinceNs && !line.type().equals(SimLog.BROKEN);
    }

    /** The stream ends in an error, or the whole service does. */
    private void brokenLine(Connection on) {
        if (version == Setting.Version.FAILING && on.open && !on.hung) {
            away = true;
            clock.in(RESTART_NS, this::comeBack);
        }
        deliver(on, () -> new Input.Lost(on.epoch, Input.Loss.BROKEN, "a line that can't be read"));
    }

    private void lookUp(Connection on, Output.LookUp request) {
        SimContainer container = podman.get(request.id());
        deliver(
                on,
                () -> new Input.LookedUp(
                        on.epoch, request.ticket(), request.id(), container == null ? null : show(request, container)));
    }

    private static Observed show(Output.LookUp request, SimContainer container) {
        Observed shown = request.inspected() ? container.inspected() : container.listed();
        PodRef pod = request.listed() ? container.pod : shown.pod();
        return new Observed(shown.container(), pod, shown.run());
    }

    private void answer(Connection on, java.util.function.Supplier<Input> input) {
        clock.in(random.nextLong(longestAnswerNs), () -> deliver(on, input));
    }

    /** What was asked on a connection that is gone since may still be answered; it must mean nothing. */
    private void deliver(Connection on, java.util.function.Supplier<Input> input) {
        if (on.process != process) {
            return;
        }
        if (!on.open) {
            if (random.nextBoolean()) {
                clock.in(random.nextLong(LATEST_ANSWER_NS), () -> late(on, input.get()));
            }
            return;
        }
        if (on.hung) {
            // The request's time limit.
            clock.in(REQUEST_TIMEOUT_NS, () -> {
                if (on.open) {
                    core.accept(new Input.Lost(on.epoch, Input.Loss.BROKEN, "hung"));
                }
            });
            return;
        }
        core.accept(input.get());
    }

    private void late(Connection on, Input input) {
        if (on.process == process) {
            core.accept(input);
        }
    }

    private static final class Connection {
        private final long epoch;
        private boolean open = true;
        private boolean hung;
        private final int process;

        Connection(long epoch, int process) {
            this.epoch = epoch;
            this.process = process;
        }
    }

    /** Follows the log as Podman does: looks every 250 ms, and copes badly when the log is cut. */
    private final class Follower {
        private final Connection on;
        private final long sinceNs;
        private final int phase = random.nextInt((int) POLL_NS);
        private long position;
        private int generation = podman.log.generation();

        Follower(Connection on, long sinceNs, long position) {
            this.on = on;
            this.sinceNs = sinceNs;
            this.position = position;
        }

        void poll() {
            if (!on.open) {
                return;
            }
            if (!podman.keepsLog()) {
                noLog(on);
                return;
            }
            if (on.hung || stalled) {
                clock.in(POLL_NS, this::poll);
                return;
            }
            if (generation != podman.log.generation()) {
                generation = podman.log.generation();
                if (version == Setting.Version.ENDING) {
                    core.accept(new Input.Lost(on.epoch, Input.Loss.ENDED, "ended"));
                    return;
                }
                position = podman.log.afterSkip();
            }
            for (EngineEvent event : podman.log.read(position)) {
                if (isEnd(event)) {
                    brokenLine(on);
                    return;
                }
                if (isShown(event, sinceNs)) {
                    deliver(on, () -> new Input.Heard(on.epoch, event));
                }
            }
            position = podman.log.end();
            clock.in(position == 0 ? phase : POLL_NS, this::poll);
        }
    }
}
