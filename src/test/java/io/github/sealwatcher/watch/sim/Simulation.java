package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.Alive;
import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.watch.Backoff;
import io.github.sealwatcher.watch.Checkpoint;
import io.github.sealwatcher.watch.Input;
import io.github.sealwatcher.watch.Options;
import io.github.sealwatcher.watch.Output;
import io.github.sealwatcher.watch.Portfolio;
import io.github.sealwatcher.watch.Seen;
import io.github.sealwatcher.watch.State;
import io.github.sealwatcher.watch.Step;
import io.github.sealwatcher.watch.Watch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One run: a simulated host, the core that watches it, and what goes wrong. Equal scripts give equal runs. */
final class Simulation {

    static final long RESYNC_NS = 60 * SimClock.SECOND_NS;
    static final long OVERLAP_NS = 10 * SimClock.SECOND_NS;
    /** So far a clock that was set back hides what is written from a re-read. */
    private static final long FAR_NS = OVERLAP_NS / 2;
    /** How much more than a re-read asks for a cut of the log leaves if nothing is to be lost. */
    private static final long MARGIN_NS = 20 * SimClock.SECOND_NS;

    private static final int STORED_KEYS = 4096;

    final Setting setting;
    final SimClock clock;
    final SimPodman podman;
    final Trail trail;
    /** When history was lost that had been read. */
    final List<Due> gapsDue = new ArrayList<>();
    /** When the log was replaced after a re-read of it; a cut of the new one before the next hides it. */
    final List<Due> replaced = new ArrayList<>();

    private final SimHost host;
    private final Tracer tracer;
    private final Watch watch = new Watch(options());
    private final List<Move> played = new ArrayList<>();
    private final Queue<Input> inbox = new ArrayDeque<>();
    private State state;
    private long beginTicks;
    private long beginNs;
    private int incarnation;
    private int stalls;
    private boolean stalled;
    private boolean repeats;
    private long unseenStepTicks = Long.MAX_VALUE;
    private @Nullable RuntimeException failure;
    private long wakeAt = Long.MAX_VALUE;

    /**
     * A moment that a gap must cover.
     *
     * @param hostNs when, by the host's clock
     */
    record Due(long ticks, long hostNs) {}

    private Simulation(Setting setting, Tracer tracer) {
        this.setting = setting;
        this.tracer = tracer;
        clock = new SimClock(setting.oneClock());
        podman = new SimPodman(clock, setting);
        trail = new Trail(setting.exactlyOnce());
        host = new SimHost(clock, new SplittableRandom(setting.chance()), podman, setting, this::hear);
        state = watch.step(watch.begin(null, clock.now()), new Input.Stop(), clock.now())
                .state();
    }

    private static Options options() {
        return new Options(
                OVERLAP_NS,
                RESYNC_NS,
                2 * SimClock.SECOND_NS,
                10 * SimClock.SECOND_NS,
                30 * SimClock.SECOND_NS,
                new Backoff(SimClock.SECOND_NS / 2, 5 * SimClock.SECOND_NS, -1),
                Options.SnapshotMode.INITIAL,
                Options.OnGap.RECONCILE,
                true,
                Options.Actions.none(),
                7);
    }

    /** A run that {@code author} draws as it goes. */
    static Simulation of(Author author) {
        Simulation run = new Simulation(author.setting(), Tracer.none());
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

    /** From when on everything is to be told. */
    long beginTicks() {
        return beginTicks;
    }

    /** Whether things can be told again although they and the offset survive a crash together. */
    boolean repeats() {
        return repeats || !setting.exactlyOnce();
    }

    /** When the clock was set back and nobody could see it: we weren't there, or it is another's. */
    long unseenStepTicks() {
        return unseenStepTicks;
    }

    /** The same by the clock. */
    long beginNs() {
        return beginNs;
    }

    private void play(Move move) {
        played.add(move);
        clock.run(move.atMs() * SimClock.MILLISECOND_NS - clock.ticks());
        tracer.does(clock.ticks(), move);
        switch (move.verb()) {
            case WATCH -> begin(null);
            case CREATE -> podman.create(move.container(), move.argument(1), move.argument(2) == 1);
            case START, DIE, PAUSE, UNPAUSE, REMOVE, FLAP, VANISH -> podman.act(move);
            case COMMIT -> trail.commit(move.argument(0));
            case DROP -> host.drop();
            case HANG -> host.hang();
            case LEAVE -> {
                host.leave();
                clock.in(span(move), host::comeBack);
            }
            case CRASH -> {
                trail.crash();
                restart(span(move));
            }
            case STALL -> stall(span(move));
            case REWIND -> {
                long beganTicks = clock.ticks() - span(move);
                trail.set(Checkpoint.startingAt(clock.hostNs() - span(move)));
                restart(SimClock.SECOND_NS);
                beginTicks = beganTicks;
                beginNs = clock.hostNs() - span(move);
            }
            case RESET -> {
                trail.set(null);
                restart(SimClock.SECOND_NS);
            }
            case ROTATE -> {
                podman.rotateLog(neededNs());
                replaced.clear();
            }
            case DELETE -> delete();
            case REBOOT -> reboot();
            case POISON -> {
                podman.breakLine();
                replaced.clear();
            }
            case GARBLE -> podman.garbleNext();
            case LOG -> {
                host.drop();
                podman.keepLog(move.argument(0) == 1);
                noteRepeats();
            }
            case CLOCK -> {
                podman.stepClock(span(move));
                boolean unseen = setting.oneClock() ? state.isStopped() : clock.setBackNs() >= FAR_NS;
                if (unseen && span(move) < 0) {
                    unseenStepTicks = Math.min(unseenStepTicks, clock.ticks());
                }
                noteRepeats();
                if (clock.hostNs() <= beginNs) {
                    // What comes now seems to have been before the trail.
                    podman.truth.losing(clock.ticks());
                }
            }
        }
    }

    /** Another host's clock isn't seen; and without a log only a clock that goes on tells what is old. */
    private void noteRepeats() {
        boolean far = clock.setBackNs() >= FAR_NS;
        repeats |= (far && !setting.oneClock()) || (clock.setBackNs() > 0 && !podman.keepsLog());
    }

    private static long span(Move move) {
        return move.argument(0) * SimClock.MILLISECOND_NS;
    }

    /** Nothing goes wrong any more, and what is told has time to become what is. */
    private void calmDown() {
        host.comeBack();
        resume();
        clock.run(2 * RESYNC_NS);
        trail.commit(Integer.MAX_VALUE);
    }

    /** What a resume reads of the log, and some more. */
    private long neededNs() {
        Checkpoint stored = trail.stored();
        return (stored == null ? beginNs : stored.positionNs() - OVERLAP_NS) - MARGIN_NS;
    }

    private void reboot() {
        host.drop();
        podman.reboot();
        Checkpoint known = known();
        if (known != null && known.anchor() != null) {
            gapsDue.add(new Due(clock.ticks(), clock.hostNs()));
        }
    }

    private void delete() {
        podman.deleteLog();
        Checkpoint known = known();
        if (known != null && known.proven() != null) {
            replaced.add(new Due(clock.ticks(), clock.hostNs()));
        }
    }

    private @Nullable Checkpoint known() {
        return state.isStopped() ? trail.stored() : state.checkpoint();
    }

    private void begin(@Nullable Checkpoint stored) {
        wakeAt = Long.MAX_VALUE;
        // As long as the clock hasn't caught up, events from before the step seem to be yet to come.
        if (clock.setBackNs() >= FAR_NS) {
            podman.truth.losing(clock.ticks());
        }
        if (stored == null) {
            // Nothing was stored yet: the trail begins anew.
            beginTicks = clock.ticks();
            beginNs = clock.now().wallNs();
            if (beginNs > clock.hostNs() || clock.setBackNs() > 0) {
                // By the host's clock it is yet to come, or was there before.
                podman.truth.losing(clock.ticks());
            }
        }
        state = watch.begin(stored == null ? null : reread(stored), clock.now());
        hear(new Input.Tick());
    }

    /** Our process ends, and begins again with what is stored. */
    private void restart(long inNs) {
        int next = ++incarnation;
        inbox.clear();
        resume();
        host.forget();
        podman.forget();
        state = watch.step(state, new Input.Stop(), clock.now()).state();
        Checkpoint stored = trail.stored();
        if (stored == null || stored.anchor() == null) {
            gapsDue.clear();
        }
        boolean confused = podman.isClockSet() && !setting.oneClock();
        if (stored == null || stored.proven() == null || confused) {
            replaced.clear();
        }
        clock.in(inNs, () -> {
            if (next == incarnation) {
                begin(stored);
            }
        });
    }

    /** As little as an offset holds of it. */
    private static Checkpoint reread(Checkpoint full) {
        Seen.Window window = full.window(OVERLAP_NS, STORED_KEYS);
        Portfolio portfolio = full.portfolio();
        for (ContainerId id : full.portfolio().alive().keySet()) {
            Alive alive = full.portfolio().alive().get(id);
            Life life = alive.life();
            long millis = Math.floorDiv(life.startedAtNs(), SimClock.MILLISECOND_NS) * SimClock.MILLISECOND_NS;
            Life stored = life.precision() == Life.Precision.EXACT
                    ? new Life(millis, Life.Precision.MILLISECOND, life.pid(), life.announced())
                    : life;
            portfolio = portfolio.plus(
                    new Alive(Container.unknown(id), stored, alive.status(), alive.sinceNs(), alive.pod()));
        }
        return new Checkpoint(
                full.positionNs(),
                full.anchor(),
                full.proven(),
                full.gap(),
                Seen.restored(window),
                portfolio,
                full.snapshot());
    }

    private void stall(long forNs) {
        int current = ++stalls;
        stalled = true;
        host.stall(true);
        clock.in(forNs, () -> {
            if (current == stalls) {
                resume();
            }
        });
    }

    private void resume() {
        stalled = false;
        host.stall(false);
        for (Input next = inbox.poll(); next != null; next = inbox.poll()) {
            tell(next);
        }
    }

    private void hear(Input input) {
        if (stalled) {
            inbox.add(input);
        } else {
            tell(input);
        }
    }

    private void tell(Input input) {
        if (state.isStopped()) {
            return;
        }
        tracer.hears(clock.ticks(), input);
        Step step = watch.step(state, input, clock.now());
        state = step.state();
        for (Output output : step.outputs()) {
            tracer.tells(clock.ticks(), output);
            if (output instanceof Output.Emit emit) {
                trail.take(emit.emission(), clock.ticks());
            } else {
                host.perform(output);
            }
        }
        if (step.wakeAtTicks() < wakeAt) {
            long at = step.wakeAtTicks();
            int current = incarnation;
            wakeAt = at;
            clock.at(at, () -> wake(current, at));
        }
    }

    private void wake(int ofIncarnation, long at) {
        if (ofIncarnation == incarnation && wakeAt == at) {
            wakeAt = Long.MAX_VALUE;
            hear(new Input.Tick());
        }
    }
}
