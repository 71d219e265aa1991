package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.connect.offset.OffsetBridge;
import io.github.sealwatcher.watch.Backoff;
import io.github.sealwatcher.watch.Emission;
import io.github.sealwatcher.watch.Input;
import io.github.sealwatcher.watch.Options;
import io.github.sealwatcher.watch.Output;
import io.github.sealwatcher.watch.Step;
import io.github.sealwatcher.watch.Watch;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.state.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One run: a simulated host, the core that watches it, and what goes wrong. Equal scripts give equal runs. */
final class Simulation {

    static final long RESYNC_NS = 60 * SimClock.SECOND_NS;
    static final long OVERLAP_NS = 10 * SimClock.SECOND_NS;
    /** How long what the core heard can wait for a look-up or a re-read before it is told. */
    static final long PENDING_NS = 5 * SimClock.SECOND_NS;
    /** How much more than a re-read asks for a cut of the log leaves if nothing is to be lost. */
    private static final long MARGIN_NS = 20 * SimClock.SECOND_NS;
    /** How long it takes an operator to start a task that failed. */
    private static final long OPERATOR_NS = 10 * SimClock.SECOND_NS;
    /** HTTP tells the host's clock in whole seconds, and events are written late: so far nobody knows what comes first. */
    static final long UNSURE_NS = 2 * SimClock.SECOND_NS + SimPodman.LATEST_WRITE_NS;
    /** After this even who gave the log up has tried again. */
    private static final long BLIND_NS = 15 * 60 * SimClock.SECOND_NS;

    final Setting setting;
    final SimClock clock;
    final SimPodman podman;
    final Trail trail;
    /** When history was read to its end, by whoever. */
    final List<Long> wholeReads = new ArrayList<>();
    /** Those of them of which nothing was lost with a connection or a process. */
    final List<Long> keptReads = new ArrayList<>();

    final Sightings sightings = new Sightings();
    final List<Process> processes = new ArrayList<>();
    final Readings readings = new Readings();

    final SimHost host;
    private final Tracer tracer;
    private final Map<Setting.Parameter, Long> knobs = new EnumMap<>(Setting.Parameter.class);
    private Watch watch;
    private final List<Move> played = new ArrayList<>();
    private final Queue<Runnable> inbox = new ArrayDeque<>();
    private State state;
    private int incarnation;
    private final Stalls stalls = new Stalls();
    /** An operator starts it again after a gap, and wants it to go on. */
    private boolean accepted;

    private @Nullable RuntimeException failure;
    private long wakeAt = Long.MAX_VALUE;

    private Simulation(Setting setting, Tracer tracer) {
        this.setting = setting;
        this.tracer = tracer;
        clock = new SimClock(setting.oneClock(), setting.get(Setting.Parameter.SKEW) * SimClock.MILLISECOND_NS);
        podman = new SimPodman(clock, setting);
        trail = new Trail(setting.exactlyOnce());
        host = new SimHost(clock, new SplittableRandom(setting.chance()), podman, setting, this::received);
        for (Setting.Parameter knob : Setting.Parameter.values()) {
            knobs.put(knob, setting.get(knob));
        }
        watch = new Watch(options());
        state = watch.step(watch.begin(null, clock.now()), new Input.Stop(), clock.now())
                .state();
    }

    private Options options() {
        return new Options(
                OVERLAP_NS,
                RESYNC_NS,
                2 * SimClock.SECOND_NS,
                10 * SimClock.SECOND_NS,
                30 * SimClock.SECOND_NS,
                new Backoff(SimClock.SECOND_NS / 2, 5 * SimClock.SECOND_NS, -1),
                Options.SnapshotMode.values()[(int) knob(Setting.Parameter.SNAPSHOT)],
                knob(Setting.Parameter.GAP_FAILS) == 1 && !accepted ? Options.OnGap.FAIL : Options.OnGap.RECONCILE,
                knob(Setting.Parameter.INSPECT) == 1,
                knob(Setting.Parameter.INCLUDE) == 1
                        ? new Options.Actions(false, Set.of("create", "remove", "rename"))
                        : Options.Actions.none(),
                Process.filter(knob(Setting.Parameter.FILTER)),
                7);
    }

    private long knob(Setting.Parameter knob) {
        return knobs.getOrDefault(knob, knob.usual);
    }

    /** A run that {@code author} draws as it goes. */
    static Simulation of(ScriptGenerator author, Tracer tracer) {
        Simulation run = new Simulation(author.setting(), tracer);
        run.guard(() -> {
            for (Move move = author.next(run.podman); move != null; move = author.next(run.podman)) {
                run.play(move);
            }
        });
        return run;
    }

    static Simulation of(Script script) {
        return of(script, Tracer.none());
    }

    static Simulation of(Script script, Tracer tracer) {
        Simulation run = new Simulation(script.setting(), tracer);
        run.guard(() -> script.moves().forEach(run::play));
        return run;
    }

    private void guard(Runnable moves) {
        try {
            moves.run();
            calmDown();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /** What the core threw, which it must not; null if nothing. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    /** What was done, to be done again. */
    Script script() {
        return new Script(setting, played);
    }

    boolean isSynchronized() {
        return state.isSynchronized();
    }

    private void play(Move move) {
        played.add(move);
        clock.run(move.atMs() * SimClock.MILLISECOND_NS - clock.ticks());
        tracer.does(clock.ticks(), move);
        switch (move.verb()) {
            case WATCH -> begin(null);
            case CREATE -> podman.create(move.container(), move.argument(1), move.argument(2) == 1);
            case START, DIE, PAUSE, UNPAUSE, REMOVE, FLAP, VANISH, RENAME, STOP, CHECKPOINT, RESTORE ->
                podman.act(move);
            case MIGRATE -> podman.migrate(move.container(), move.argument(1));
            case COMMIT -> trail.commit(move.argument(0));
            case DROP -> host.drop();
            case HANG -> host.hang();
            case LEAVE -> {
                host.leave();
                clock.in(span(move), host::comeBack);
            }
            case CRASH -> {
                trail.crash();
                restart(span(move), Long.MIN_VALUE);
            }
            case STALL -> stall(span(move));
            case REWIND -> rewind(span(move));
            case RESET -> {
                trail.set(null);
                restart(SimClock.SECOND_NS, Long.MIN_VALUE);
            }
            case ROTATE -> podman.history.rotateLog(neededNs());
            case DELETE -> podman.history.deleteLog();
            case REBOOT -> {
                host.drop();
                // What is about to be written is.
                clock.run(SimClock.MILLISECOND_NS);
                podman.reboot();
            }
            case POISON -> podman.history.breakLine();
            case GARBLE -> podman.history.garbleNext();
            case LOG -> {
                host.drop();
                podman.history.keepLog(move.argument(0) == 1);
            }
            case CLOCK -> podman.stepClock(span(move));
            case OURS -> clock.stepWorker(span(move));
            case CONFIG -> {
                knobs.put(Setting.Parameter.values()[move.container()], move.argument(1));
                trail.crash();
                restart(SimClock.SECOND_NS, Long.MIN_VALUE);
            }
            case UPGRADE -> {
                host.drop();
                podman.history.upgrade((int) move.argument(0));
            }
            case FAILOVER -> {
                host.drop();
                podman.failOver((int) move.argument(0));
                if (trail.last().answeredTicks == Long.MAX_VALUE && trail.last().beginTicks != Long.MAX_VALUE) {
                    // Nobody ever saw the host that was there before.
                    trail.last().beginTicks = clock.ticks() + 1;
                }
            }
        }
    }

    private static long span(Move move) {
        return move.argument(0) * SimClock.MILLISECOND_NS;
    }

    private void rewind(long byNs) {
        long fromNs = clock.hostNs() - byNs;
        trail.set(OffsetBridge.from(fromNs));
        if (fromNs < podman.history.beginsNs()) {
            podman.truth.lost("rewind", clock.ticks(), fromNs, podman.history.beginsNs(), null);
        }
        trail.beginAnew(fromNs);
        restart(SimClock.SECOND_NS, fromNs);
    }

    /** Nothing goes wrong any more, and what is told has time to become what is. */
    private void calmDown() {
        host.comeBack();
        resume();
        clock.run(2 * RESYNC_NS);
        if (podman.truth.wasUnreadable() && podman.history.isReadable()) {
            clock.run(BLIND_NS);
        }
        trail.commit(Integer.MAX_VALUE);
    }

    /** What a resume reads of the log, and some more. */
    private long neededNs() {
        Checkpoint stored = trail.stored();
        return (stored == null ? clock.hostNs() - RESYNC_NS : stored.positionNs() - OVERLAP_NS) - MARGIN_NS;
    }

    private void begin(@Nullable Checkpoint stored) {
        wakeAt = Long.MAX_VALUE;
        if (stored == null) {
            // Nothing was stored yet: the trail begins anew.
            trail.beginAnew(Long.MIN_VALUE);
        }
        Checkpoint read =
                stored == null ? null : OffsetBridge.reread(stored, OVERLAP_NS, (int) knob(Setting.Parameter.KEYS));
        watch = new Watch(options());
        accepted = false;
        processes.add(new Process(
                clock.ticks(),
                knob(Setting.Parameter.FILTER),
                knob(Setting.Parameter.SNAPSHOT),
                knob(Setting.Parameter.INCLUDE) == 1));
        state = watch.begin(read, clock.now());
        received(new Input.Tick(), SimHost.Delivered.NOTHING);
    }

    /** Our process ends, and begins again with what is stored. */
    private void restart(long inNs, long beginNs) {
        int next = ++incarnation;
        inbox.clear();
        resume();
        host.forget();
        stepped(new Input.Stop());
        Checkpoint stored = trail.stored();
        long known = stored == null || beginNs != Long.MIN_VALUE ? Long.MIN_VALUE : trail.storedTicks();
        long keptTicks = known == Long.MIN_VALUE ? known : stalls.heardBy(known, pendingNs());
        podman.truth.forgottenSince(keptTicks);
        trail.last().goOnFrom(known, stored, clock.ticks());
        keptReads.removeIf(read -> read > keptTicks);
        readings.forgetSince(known);
        sightings.forgetSince(known);
        clock.in(inNs, () -> {
            if (next == incarnation) {
                begin(stored);
            }
        });
    }

    /** How long what the core heard can wait in this run before it is told. */
    long pendingNs() {
        return PENDING_NS + setting.get(Setting.Parameter.SLOW) * SimClock.MILLISECOND_NS;
    }

    private void stall(long forNs) {
        int current = stalls.begin(clock.ticks());
        host.stall(true);
        clock.in(forNs, () -> {
            if (stalls.isCurrent(current)) {
                resume();
            }
        });
    }

    private void resume() {
        stalls.end(clock.ticks());
        host.stall(false);
        for (Runnable next = inbox.poll(); next != null; next = inbox.poll()) {
            next.run();
        }
    }

    private void received(Input input, SimHost.Delivered brought) {
        if (stalls.isOn()) {
            inbox.add(() -> handle(input, brought));
        } else {
            handle(input, brought);
        }
    }

    private Step stepped(Input input) {
        Step step = watch.step(state, input, clock.now());
        tracer.stepped(state, input, step);
        state = step.state();
        return step;
    }

    private void handle(Input input, SimHost.Delivered brought) {
        if (state.isStopped()) {
            return;
        }
        tracer.received(clock.ticks(), input);
        note(input, brought);
        Step step = stepped(input);
        for (Output output : step.outputs()) {
            tracer.emitted(clock.ticks(), output);
            if (output instanceof Output.Emit emit) {
                give(emit.emission());
            } else {
                if (output instanceof Output.Connect) {
                    trail.last().begin(clock, incarnation);
                }
                host.perform(output);
            }
        }
        if (step.outputs().stream().anyMatch(Output.GiveUp.class::isInstance)) {
            trail.commit(Integer.MAX_VALUE);
            accepted = true;
            sightings.forgetSince(trail.earlierTicks());
            restart(OPERATOR_NS, Long.MIN_VALUE);
            return;
        }
        if (step.wakeAtTicks() < wakeAt) {
            long at = step.wakeAtTicks();
            int current = incarnation;
            wakeAt = at;
            clock.at(at, () -> wake(current, at));
        }
    }

    /** What the core has from now on, as far as it listens to this connection. */
    private void note(Input input, SimHost.Delivered brought) {
        if (input instanceof Input.Answer answer && answer.epoch() == state.epoch()) {
            readings.note(input, clock.ticks());
            sightings.note(input, clock.ticks());
            trail.last().told(Readings.of(input));
        }
        if (input instanceof Input.Connected connected && connected.epoch() == state.epoch()) {
            Trail.Part part = trail.last();
            part.answered(clock, incarnation);
        } else if (input instanceof Input.Listed listed && listed.epoch() == state.epoch()) {
            trail.last().machines.add(podman.machineNumber());
        } else if (input instanceof Input.Lost lost && lost.epoch() == state.epoch()) {
            long lostTicks = stalls.heardBy(Math.min(clock.ticks(), host.hungSinceTicks()), pendingNs());
            keptReads.removeIf(read -> read > lostTicks);
            podman.truth.forgottenSince(lostTicks);
        } else if (input instanceof Input.ReplayEnded ended && ended.epoch() == state.epoch()) {
            trail.last().read(clock, podman.history.beginsNs());
            wholeReads.add(clock.ticks());
            keptReads.add(clock.ticks());
            podman.history.log().read(0).forEach(line -> trail.last().shown(line, clock.ticks()));
            brought.lines().forEach(line -> line.held(clock.ticks(), brought.whole()));
        } else if ((input instanceof Input.EventReplayed replayed && replayed.epoch() == state.epoch())
                || (input instanceof Input.EventReceived received && received.epoch() == state.epoch())) {
            brought.lines().forEach(line -> line.held(clock.ticks(), brought.whole()));
            brought.lines().forEach(line -> trail.last().shown(line, clock.ticks()));
        }
    }

    private void give(Emission emission) {
        boolean justified = podman.history.isYoungerThan(trail.last().earliestTicks() - UNSURE_NS)
                || emission.hostChanges().stream()
                        .allMatch(change -> change.gap() == null || podman.truth.explains(change.gap()));
        trail.take(emission, clock.ticks(), justified);
    }

    private void wake(int ofIncarnation, long at) {
        if (ofIncarnation == incarnation && wakeAt == at) {
            wakeAt = Long.MAX_VALUE;
            received(new Input.Tick(), SimHost.Delivered.NOTHING);
        }
    }
}
