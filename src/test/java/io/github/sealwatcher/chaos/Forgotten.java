package io.github.sealwatcher.chaos;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The containers of which a worker without exactly-once support told something that it didn't know any more after a kill,
 * because the offset was older, and that history no longer told it either. Whether they live can't be known then: the trail
 * may hold them for alive for ever, or tell of their end twice.
 */
final class Forgotten {
    private Forgotten() {}

    /** Those of which something was told that lies within a gap that was said: by that word, it may never have been read. */
    static Set<String> in(List<Told> told, List<Gap> gaps) {
        return told.stream()
                .filter(event -> event.isTurn() && event.isHeard())
                .map(Told::moment)
                .filter(moment ->
                        gaps.stream().anyMatch(gap -> gap.fromNs() < moment.timeNs() && moment.timeNs() < gap.toNs()))
                .map(Moment::id)
                .collect(Collectors.toSet());
    }
}
