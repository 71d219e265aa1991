package io.github.sealwatcher.watch.state;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * The lives that lists showed. A look-up shows what came later.
 *
 * @param last that of each container which goes on by the last list
 * @param ends how the known life of each container ended, by the last list that showed when: the next one may not show it any
 *     more
 * @param sinceStep the life of each container that lists showed since the host's clock was last set back: that by the last list,
 *     or the known one
 * @param gone what ended with its host, which no list shows when, and when one first showed that it had
 */
record ShownLives(
        PMap<ContainerId, Life> last,
        PMap<ContainerId, RunState.Ended> ends,
        PMap<ContainerId, Life> sinceStep,
        PMap<ContainerId, OutlivedLife> gone) {

    static final ShownLives NONE =
            new ShownLives(HashTreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty());

    /** What the next list shows. What it shows as the one before is not kept anew. */
    ShownLives listed(ContainerList listing, Portfolio known) {
        PMap<ContainerId, Life> lives = last;
        for (ContainerId id : last.keySet()) {
            ObservedContainer shown = listing.get(id);
            lives = shown == null || shown.life() == null ? lives.minus(id) : lives;
        }
        for (ObservedContainer shown : listing.all()) {
            Life life = shown.life();
            lives = life == null || life.equals(lives.get(shown.id())) ? lives : lives.plus(shown.id(), life);
        }
        PMap<ContainerId, RunState.Ended> ended = HashTreePMap.empty();
        PMap<ContainerId, Life> since = lives;
        for (LiveContainer alive : known.alive().values()) {
            Life life = lives.get(alive.id());
            boolean still = life != null && alive.life().canBe(life);
            since = !still && isSinceStep(alive) ? since.plus(alive.id(), alive.life()) : since;
            RunState.Ended end = endOf(alive, listing.get(alive.id()));
            // What is shown to go on was restored since.
            ended = still || end == null ? ended : ended.plus(alive.id(), end);
        }
        return new ShownLives(lives, ended, since, gone(listing));
    }

    private PMap<ContainerId, OutlivedLife> gone(ContainerList listing) {
        PMap<ContainerId, OutlivedLife> all = HashTreePMap.empty();
        for (ObservedContainer shown : listing.all()) {
            if (shown.state() instanceof RunState.Ended ended && ended.endedAtNs() == null) {
                long byNs = goneByNs(shown.id(), ended.startedAtNs(), listing.askedAtNs());
                all = all.plus(shown.id(), new OutlivedLife(Life.shown(ended.startedAtNs()), byNs));
            }
        }
        return all;
    }

    /** When a list first showed that the life had ended with its host; {@code askedAtNs} if none did. */
    long goneByNs(ContainerId id, long startedAtNs, long askedAtNs) {
        OutlivedLife before = gone.get(id);
        return before != null && before.life().startedAtNs() == startedAtNs ? before.endedByNs() : askedAtNs;
    }

    /** That of a container; null if the last list showed none. */
    @Nullable
    Life of(ContainerId id) {
        return last.get(id);
    }

    private RunState.@Nullable Ended endOf(LiveContainer known, @Nullable ObservedContainer shown) {
        return shown != null
                        && shown.state() instanceof RunState.Ended end
                        && end.endedAtNs() != null
                        && known.life().canBe(Life.shown(end.startedAtNs()))
                ? end
                : end(known);
    }

    /** How the known life of a container ended; null if no list showed that. */
    RunState.@Nullable Ended end(LiveContainer known) {
        RunState.Ended end = ends.get(known.id());
        return end != null && known.life().canBe(Life.shown(end.startedAtNs())) ? end : null;
    }

    /** Whether a list showed that life since the host's clock was last set back. */
    boolean isSinceStep(LiveContainer known) {
        Life life = sinceStep.get(known.id());
        return life != null && known.life().canBe(life);
    }

    /** The host's clock was set back. */
    ShownLives stepped() {
        return new ShownLives(last, ends, HashTreePMap.empty(), HashTreePMap.empty());
    }
}
