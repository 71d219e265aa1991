package io.github.sealwatcher.trail.cover;

import io.github.sealwatcher.trail.event.Window;
import java.util.List;

/**
 * History lost events of a host within a window, and a list made up for it later: who was alive then, and what had ended.
 *
 * @param settledNs when the list was complete; {@link Long#MAX_VALUE} if none has been yet
 */
public record Loss(Window window, long settledNs, String reason) {

    /** Whether no list has made up for it yet. */
    public boolean isOpen() {
        return settledNs == Long.MAX_VALUE;
    }

    /**
     * Until when what the window changed is not wholly known. A life that began in it is inferred from its end or from the
     * list, unless the next loss comes before the list and takes the end along.
     */
    long blindUntilNs(List<Loss> all, long nowNs) {
        long next = all.stream()
                .mapToLong(other -> other.window.fromNs())
                .filter(from -> from > window.toNs() && from <= settledNs)
                .min()
                .orElse(isOpen() ? nowNs : window.toNs());
        return Math.max(window.toNs(), Math.min(next, nowNs));
    }
}
