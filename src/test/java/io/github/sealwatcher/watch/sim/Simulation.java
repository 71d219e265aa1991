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
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One run: a simulated host, the core that watches it, and what goes wrong. Equal seeds give equal runs. */
final class Simulation {

    static final long RESYNC_NS = 60 * SimClock.SECOND_NS;
    private static final long OVERLAP_NS = 10 * SimClock.SECOND_NS;
    private static final int STORED_KEYS = 4096;
    private static final long LONGEST_PAUSE_NS = 1500 * SimPodman.MILLISECOND_NS;

    final SimClock clock = new SimClock();
    final SimPodman podman;
    final Trail trail;
    final Faults faults;
    private final SplittableRandom random;
    private final SimHost host;
    private final Watch watch;
    private State state;
    /** When history was lost that had been read, by the host's clock. */
    final List<Long> gapsDueNs = new ArrayList<>();
    /** When the log was replaced after a re-read of it, by the host's clock; a cut of the new one before the next hides it. */
    final List<Long> replacedNs = new ArrayList<>();
    /** From when on everything is to be told. */
    long beginNs;

    private int incarnation;
    private long wakeAt = Long.MAX_VALUE;
    boolean gaveUp;

    Simulation(long seed, Faults faults) {
        this.faults = faults;
        random = new SplittableRandom(seed);
        podman = new SimPodman(clock, random.split(), faults);
        trail = new Trail(faults.exactlyOnce());
        host = new SimHost(clock, random.split(), podman, this::tell);
        watch = new Watch(options());
        state = watch.begin(null, clock.now());
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

    /** Lets containers live and things go wrong, then lets everything calm down. */
    void run(int actions) {
        int before = random.nextInt(10);
        for (int i = 0; i < before; i++) {
            podman.act();
            clock.run(random.nextLong(LONGEST_PAUSE_NS));
        }
        beginNs = clock.wallNs();
        state = watch.begin(null, clock.now());
        tell(new Input.Tick());
        for (int i = 0; i < actions; i++) {
            podman.act();
            fault();
            if (random.nextInt(3) == 0) {
                trail.commit(1 + random.nextInt(8));
            }
            clock.run(random.nextLong(LONGEST_PAUSE_NS));
        }
        host.comeBack();
        clock.run(2 * RESYNC_NS);
        trail.commit(Integer.MAX_VALUE);
    }

    boolean isSynchronized() {
        return state.isSynchronized();
    }

    private void fault() {
        if (chance(faults.drop())) {
            host.drop();
        }
        if (chance(faults.hang())) {
            host.hang();
        }
        if (chance(faults.outage())) {
            host.leave();
            clock.in(random.nextLong(20 * SimClock.SECOND_NS), host::comeBack);
        }
        if (chance(faults.rotation())) {
            podman.rotateLog();
            replacedNs.clear();
        }
        if (chance(faults.deletion())) {
            podman.deleteLog();
            Checkpoint known = state.isStopped() ? trail.stored() : state.checkpoint();
            if (known != null && known.proven() != null) {
                replacedNs.add(clock.wallNs());
            }
        }
        if (chance(faults.poison())) {
            podman.poisonLog();
            replacedNs.clear();
        }
        if (chance(faults.reboot())) {
            host.drop();
            podman.reboot();
            Checkpoint known = state.isStopped() ? trail.stored() : state.checkpoint();
            if (known != null && known.anchor() != null) {
                gapsDueNs.add(clock.wallNs());
            }
        }
        if (chance(faults.crash())) {
            crash();
        }
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private void crash() {
        incarnation++;
        host.close();
        trail.crash();
        Checkpoint stored = trail.stored();
        if (stored == null || stored.anchor() == null) {
            gapsDueNs.clear();
        }
        if (stored == null || stored.proven() == null) {
            replacedNs.clear();
        }
        int next = incarnation;
        clock.in(random.nextLong(15 * SimClock.SECOND_NS), () -> {
            if (next == incarnation) {
                wakeAt = Long.MAX_VALUE;
                if (stored == null) {
                    // Nothing was stored yet: the trail begins anew.
                    beginNs = clock.wallNs();
                }
                state = watch.begin(stored == null ? null : reread(stored), clock.now());
                tell(new Input.Tick());
            }
        });
        state = watch.step(state, new Input.Stop(), clock.now()).state();
    }

    /** As little as an offset holds of it. */
    private static Checkpoint reread(Checkpoint full) {
        Seen.Window window = full.seen().window(full.positionNs() - OVERLAP_NS, STORED_KEYS);
        Portfolio portfolio = full.portfolio();
        for (ContainerId id : full.portfolio().alive().keySet()) {
            Alive alive = full.portfolio().alive().get(id);
            Life life = alive.life();
            long millis = Math.floorDiv(life.startedAtNs(), SimPodman.MILLISECOND_NS) * SimPodman.MILLISECOND_NS;
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
                Seen.restored(window, full.positionNs()),
                portfolio,
                full.snapshot());
    }

    private void tell(Input input) {
        if (state.isStopped()) {
            return;
        }
        Step step = watch.step(state, input, clock.now());
        state = step.state();
        for (Output output : step.outputs()) {
            if (output instanceof Output.Emit emit) {
                trail.take(emit.emission());
            } else if (output instanceof Output.GiveUp) {
                gaveUp = true;
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
            tell(new Input.Tick());
        }
    }
}
