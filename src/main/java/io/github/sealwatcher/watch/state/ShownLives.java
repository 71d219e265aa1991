package io.github.sealwatcher.watch.state;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/**
 * The lives that lists showed to go on. A look-up shows what came later.
 *
 * @param last that of each container by the last list
 * @param sinceStep the containers of which a list, since the host's clock was last set back, showed the life that was known
 */
record ShownLives(PMap<ContainerId, Life> last, PSet<ContainerId> sinceStep) {

    static final ShownLives NONE = new ShownLives(HashTreePMap.empty(), HashTreePSet.empty());

    /** What the next list shows. */
    ShownLives listed(ContainerList listing, Portfolio known) {
        PMap<ContainerId, Life> lives = HashTreePMap.empty();
        for (ObservedContainer shown : listing.all()) {
            Life life = shown.life();
            lives = life == null ? lives : lives.plus(shown.id(), life);
        }
        PSet<ContainerId> since = HashTreePSet.empty();
        for (LiveContainer alive : known.alive().values()) {
            Life life = lives.get(alive.id());
            boolean still = life != null && alive.life().canBe(life);
            since = still || sinceStep.contains(alive.id()) ? since.plus(alive.id()) : since;
        }
        return new ShownLives(lives, since);
    }

    /** That of a container; null if the last list showed none. */
    @Nullable
    Life of(ContainerId id) {
        return last.get(id);
    }

    /** The host's clock was set back. */
    ShownLives stepped() {
        return new ShownLives(last, HashTreePSet.empty());
    }
}
