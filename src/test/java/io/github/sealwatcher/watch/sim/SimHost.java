package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.EngineIdentity;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.watch.Input;
import io.github.sealwatcher.watch.Output;
import io.github.sealwatcher.watch.state.ClockReading;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does what the core wants of the simulated Podman, with delays and faults. */
final class SimHost {

    /** When each list was asked for. */
    final List<Long> listsAskedTicks = new ArrayList<>();

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
    private final Setting setting;
    private final long longestAnswerNs;
    private final Listener core;
    private @Nullable Connection connection;
    /** Counts our processes: what one asked is never answered to the next. */
    private int process;

    private long hungSinceTicks;
    private boolean away;
    private boolean stalled;

    /**
     * What an answer brings of the log.
     *
     * @param whole whether all that stood before it came too
     */
    record Delivered(List<Line> lines, boolean whole) {
        static final Delivered NOTHING = new Delivered(List.of(), false);
    }

    /** Hears the answers, with the lines of the log that they bring. */
    interface Listener {
        void received(Input input, Delivered brought);
    }

    SimHost(SimClock clock, SplittableRandom random, SimPodman podman, Setting setting, Listener core) {
        this.clock = clock;
        this.random = random;
        this.podman = podman;
        this.core = core;
        this.setting = setting;
        this.longestAnswerNs = setting.chance() % SLOW == 0 ? LONGEST_ANSWER_NS * SLOWLY : LONGEST_ANSWER_NS;
    }

    void perform(Output output) {
        if (output instanceof Output.Connect connect) {
            Connection opened = new Connection(connect.epoch(), process);
            connection = opened;
            Supplier<ClockReading> reading = readsClock();
            answer(
                    opened,
                    () -> away
                            ? new Input.Lost(connect.epoch(), Input.Loss.BROKEN, "away")
                            : new Input.Connected(
                                    connect.epoch(),
                                    new EngineIdentity(podman.history.version().number, "1.41", "unix:///sim", 1),
                                    reading.get()));
        } else if (output instanceof Output.Disconnect) {
            close();
        } else if (connection != null) {
            request(connection, output);
        }
    }

    private void request(Connection on, Output output) {
        if (output instanceof Output.ListAll) {
            listsAskedTicks.add(clock.ticks());
            list(on);
        } else if (output instanceof Output.Replay replay) {
            clock.in(
                    random.nextLong(longestAnswerNs),
                    () -> replay(
                            on,
                            podman.history.keepsLog(),
                            new ArrayDeque<>(podman.history.log().read(0)),
                            podman.history.log().read(0),
                            replay.sinceNs()));
        } else if (output instanceof Output.Follow follow) {
            Follower follower = new Follower(on, follow.sinceNs(), 0);
            if (happens(Setting.Parameter.ENDING)) {
                answer(on, () -> new Input.Lost(on.epoch, Input.Loss.ENDED, "ended at once"));
            } else {
                clock.in(random.nextLong(longestAnswerNs), follower::poll);
            }
        } else if (output instanceof Output.FollowNew) {
            clock.in(
                    random.nextLong(longestAnswerNs),
                    () -> new Follower(on, Long.MIN_VALUE, podman.history.log().end()).poll());
        } else if (output instanceof Output.Lookup lookup) {
            clock.in(random.nextLong(longestLookUpNs()), () -> lookUp(on, lookup));
        } else if (output instanceof Output.Ping) {
            Supplier<ClockReading> reading = readsClock();
            answer(on, () -> new Input.Pinged(on.epoch, true, reading.get()));
        } else if (output instanceof Output.LookupPod lookup) {
            answer(on, () -> new Input.PodFound(on.epoch, lookup.ticket(), podman.pod(lookup.podId())));
        }
    }

    /** The host's clock as an answer to what is asked now will tell it: at any moment until then, in whole seconds. */
    private Supplier<ClockReading> readsClock() {
        long askedTicks = clock.ticks();
        long askedNs = clock.hostNs();
        boolean early = random.nextBoolean();
        return () -> new ClockReading(
                Math.floorDiv(early ? askedNs : clock.hostNs(), SimClock.SECOND_NS) * SimClock.SECOND_NS,
                askedTicks,
                clock.ticks());
    }

    /** The connection breaks. */
    void drop() {
        Connection broken = connection;
        if (broken != null && broken.open) {
            close();
            core.received(new Input.Lost(broken.epoch, Input.Loss.BROKEN, "cut"), Delivered.NOTHING);
        }
    }

    /** The connection stays, and nothing comes any more. */
    void hang() {
        if (connection != null && !connection.hung) {
            connection.hung = true;
            hungSinceTicks = clock.ticks();
        }
    }

    /** Since when nothing came on the connection that hung last. */
    long hungSinceTicks() {
        return connection != null && connection.hung ? hungSinceTicks : Long.MAX_VALUE;
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
        Supplier<ClockReading> reading = readsClock();
        List<ObservedContainer> shown = new ArrayList<>();
        List<SimContainer> first = podman.containers();
        long span = 1 + random.nextLong(longestAnswerNs);
        int cut = first.isEmpty() ? 0 : random.nextInt(first.size());
        clock.in(span / 2, () -> first.subList(0, cut).forEach(container -> show(shown, container)));
        clock.in(span, () -> first.subList(cut, first.size()).forEach(container -> show(shown, container)));
        clock.in(span + 1, () -> deliver(on, () -> new Input.Listed(on.epoch, reading.get(), shown)));
    }

    private void show(List<ObservedContainer> shown, SimContainer container) {
        if (podman.get(container.id) != null) {
            shown.add(container.listed());
        }
    }

    /** Some lines at a time, as the log was when the reading began. */
    private void replay(Connection on, boolean readable, Deque<Line> lines, List<Line> all, long sinceNs) {
        if (!readable) {
            noLog(on);
            return;
        }
        int more = lines.isEmpty() ? 0 : 1 + random.nextInt(lines.size());
        for (Line line = lines.poll(); line != null; line = lines.poll()) {
            if (isEnd(line)) {
                brokenLine(on);
                return;
            }
            Line shown = line;
            if (isShown(shown, sinceNs)) {
                deliver(
                        on,
                        () -> new Input.EventReplayed(on.epoch, shown.shownBy(podman.history.version())),
                        new Delivered(List.of(shown), true));
            }
            if (--more == 0 && !lines.isEmpty()) {
                clock.in(random.nextLong(longestAnswerNs / 4), () -> replay(on, true, lines, all, sinceNs));
                return;
            }
        }
        deliver(on, () -> new Input.ReplayEnded(on.epoch), new Delivered(all, true));
    }

    private void noLog(Connection on) {
        deliver(on, () -> new Input.Lost(on.epoch, Input.Loss.NO_EVENT_LOG, "no log"));
    }

    private boolean isEnd(Line line) {
        return line.event.type().equals(SimLog.BROKEN) && podman.history.endsAtBrokenLine();
    }

    private static boolean isShown(Line line, long sinceNs) {
        return line.event.timeNs() > sinceNs && !line.event.type().equals(SimLog.BROKEN);
    }

    /** The stream ends in an error, or the whole service does. */
    private void brokenLine(Connection on) {
        if (podman.history.version() == Setting.Version.FAILING && on.open && !on.hung) {
            away = true;
            clock.in(RESTART_NS, this::comeBack);
        }
        Input.Loss loss = podman.history.version() == Setting.Version.FAILING ? Input.Loss.BROKEN : Input.Loss.GARBLED;
        deliver(on, () -> new Input.Lost(on.epoch, loss, "a line that can't be read"));
    }

    private boolean happens(Setting.Parameter ofHundred) {
        long often = setting.get(ofHundred);
        return often > 0 && random.nextInt(100) < often;
    }

    private long longestLookUpNs() {
        return longestAnswerNs / 8 + setting.get(Setting.Parameter.SLOW) * SimClock.MILLISECOND_NS;
    }

    private void lookUp(Connection on, Output.Lookup request) {
        boolean fails = happens(Setting.Parameter.FAILING);
        SimContainer container = fails ? null : podman.get(request.id());
        deliver(
                on,
                () -> new Input.ContainerFound(
                        on.epoch, request.ticket(), request.id(), container == null ? null : show(request, container)));
    }

    private static ObservedContainer show(Output.Lookup request, SimContainer container) {
        ObservedContainer shown = request.inspected() ? container.inspected() : container.listed();
        PodRef pod = request.listed() ? container.pod : shown.pod();
        return new ObservedContainer(shown.container(), pod, shown.state());
    }

    private void answer(Connection on, Supplier<Input> input) {
        clock.in(random.nextLong(longestAnswerNs), () -> deliver(on, input));
    }

    private void deliver(Connection on, Supplier<Input> input) {
        deliver(on, input, Delivered.NOTHING);
    }

    /** What was asked on a connection that is gone since may still be answered; it must mean nothing. */
    private void deliver(Connection on, Supplier<Input> input, Delivered brought) {
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
                    core.received(new Input.Lost(on.epoch, Input.Loss.BROKEN, "hung"), Delivered.NOTHING);
                }
            });
            return;
        }
        core.received(input.get(), brought);
    }

    private void late(Connection on, Input input) {
        if (on.process == process) {
            core.received(input, Delivered.NOTHING);
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
        private int generation = podman.history.log().generation();
        /** Whether nothing was skipped so far. */
        private boolean whole;

        Follower(Connection on, long sinceNs, long position) {
            this.whole = position == 0;
            this.on = on;
            this.sinceNs = sinceNs;
            this.position = position;
        }

        void poll() {
            if (!on.open) {
                return;
            }
            if (!podman.history.keepsLog()) {
                noLog(on);
                return;
            }
            if (on.hung || stalled) {
                clock.in(POLL_NS, this::poll);
                return;
            }
            if (generation != podman.history.log().generation()) {
                generation = podman.history.log().generation();
                if (podman.history.version() == Setting.Version.ENDING) {
                    core.received(new Input.Lost(on.epoch, Input.Loss.ENDED, "ended"), Delivered.NOTHING);
                    return;
                }
                position = podman.history.log().afterSkip();
                whole = false;
            }
            for (Line line : podman.history.log().read(position)) {
                if (isEnd(line)) {
                    brokenLine(on);
                    return;
                }
                if (isShown(line, sinceNs)) {
                    deliver(
                            on,
                            () -> new Input.EventReceived(on.epoch, line.shownBy(podman.history.version())),
                            new Delivered(List.of(line), whole));
                }
            }
            position = podman.history.log().end();
            clock.in(position == 0 ? phase : POLL_NS, this::poll);
        }
    }
}
