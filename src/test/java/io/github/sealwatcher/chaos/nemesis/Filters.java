package io.github.sealwatcher.chaos.nemesis;

import io.github.sealwatcher.chaos.checker.Epoch;
import io.github.sealwatcher.chaos.checker.Trails;
import io.github.sealwatcher.chaos.world.Connector;
import io.github.sealwatcher.chaos.world.Filter;
import io.github.sealwatcher.chaos.world.SeededRandom;
import io.github.sealwatcher.chaos.world.WallClock;
import java.util.ArrayList;
import java.util.List;

/** Changes the connector's filters, and remembers when which was in force. */
public final class Filters {
    private final Connector connector;
    private final Trails trails;
    private final List<Filter> choice;
    // Guarded by this.
    private final List<Epoch> epochs = new ArrayList<>(List.of(new Epoch(Filter.ALL, 0, 0)));
    private boolean sent;
    private int syncs = -1;

    public Filters(Connector connector, Trails trails, boolean prefixes) {
        this.connector = connector;
        this.trails = trails;
        choice = prefixes ? Filter.CHOICE_OF_PREFIXES : Filter.CHOICE;
    }

    public synchronized List<Epoch> epochs() {
        return List.copyOf(epochs);
    }

    /** Draws another filter and sends it; {@link #settle} sends it again if that fails. */
    synchronized void change(SeededRandom random) {
        Filter now = newest().filter();
        Filter next = now;
        while (next.equals(now)) {
            next = choice.get(random.number(0, choice.size() - 1));
        }
        sent = false;
        syncs = -1;
        epochs.add(new Epoch(next, WallClock.nowNs(), Long.MAX_VALUE));
        send();
    }

    /** @throws IllegalStateException while the connector may still be at work with an older filter */
    synchronized void settle() {
        if (!sent) {
            send();
        }
        Epoch newest = newest();
        if (syncs < 0 && connector.tasksHave(newest.filter())) {
            syncs = trails.syncs();
        }
        if (syncs < 0 || trails.syncs() == syncs) {
            throw new IllegalStateException("the connector hasn't synchronized with the new filter yet");
        }
        epochs.set(epochs.size() - 1, new Epoch(newest.filter(), newest.fromNs(), WallClock.nowNs()));
    }

    private void send() {
        connector.filter(newest().filter());
        sent = true;
    }

    private Epoch newest() {
        return epochs.get(epochs.size() - 1);
    }
}
