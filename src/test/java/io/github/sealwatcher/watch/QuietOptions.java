package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerFilter;
import java.util.Set;

/** Options of a watcher in a story that pings and heartbeats stay out of. */
final class QuietOptions {

    private static final long S = 1_000_000_000L;

    private QuietOptions() {}

    /** @param actions which are reported beside those that change what is known */
    static Options of(boolean inspect, Options.OnGap onGap, Set<String> actions, ContainerFilter filter) {
        return new Options(
                10 * S,
                60 * S,
                Options.DEFAULT_SETTLE_NS,
                3600 * S,
                0,
                Backoff.forever(),
                Options.SnapshotMode.INITIAL,
                onGap,
                inspect,
                new Options.Actions(false, actions),
                filter,
                7);
    }
}
