package io.github.sealwatcher.chaos.checker;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The containers of which a worker without exactly-once support told something that it didn't know any more after a kill,
 * because the offset was older, and that history no longer told it either. Whether they live can't be known then: the trail
 * may hold them for alive for ever, or tell of their end twice.
 */
public final class Forgotten {
    private Forgotten() {}

    /**
     * Those of which something was told, then came a kill, then a gap was said that what was told lies in: by that word, it
     * may never have been read.
     */
    public static Set<String> in(List<EmittedEvent> reported, List<Gap> gaps, Kills kills) {
        return reported.stream()
                .filter(event -> event.isTurn() && event.isReceived())
                .filter(event -> gaps.stream()
                        .anyMatch(gap -> gap.fromNs() < event.moment().timeNs()
                                && event.moment().timeNs() < gap.toNs()
                                && kills.between(event.readAtNs(), gap.readAtNs())))
                .map(event -> event.moment().id())
                .collect(Collectors.toSet());
    }
}
