package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.EngineEvent;

/**
 * What is remembered of one event, to know it again when history is re-read.
 *
 * @param key its {@linkplain Seen#storedKey stored key}
 * @param timeNs its time stamp, in nanoseconds since 1970 by the host's clock
 */
public record Mark(long key, long timeNs) {

    static Mark of(EngineEvent event) {
        return new Mark(Seen.storedKey(event.id()), event.timeNs());
    }
}
