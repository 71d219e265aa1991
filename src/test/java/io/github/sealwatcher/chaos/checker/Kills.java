package io.github.sealwatcher.chaos.checker;

import io.github.sealwatcher.chaos.world.FaultKind;
import io.github.sealwatcher.chaos.world.Journal;
import java.util.List;

/**
 * What lets a worker without exactly-once support repeat what it told, or forget it: a kill, or a task's failure, before the
 * offset was stored.
 *
 * @param possible whether the worker is without that support at all
 */
public record Kills(boolean possible, List<Journal.Note> notes) {
    /** A record may be read that much later than it was sent: the broker was down, or comes to itself. */
    private static final long LATE_NS = 30_000_000_000L;

    /** Whether there was one between a record and what was told later. */
    boolean between(long firstReadAtNs, long laterReadAtNs) {
        return possible
                && notes.stream()
                        .filter(note -> note.kind().equals("task")
                                || (note.kind().equals("fault")
                                        && FaultKind.valueOf(note.what()).mayRepeat()))
                        .anyMatch(note -> note.toNs() >= firstReadAtNs - LATE_NS && note.fromNs() <= laterReadAtNs);
    }
}
