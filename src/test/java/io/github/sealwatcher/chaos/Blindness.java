package io.github.sealwatcher.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** When the connector had a reason not to see Podman's log, by the runner's own journal. */
final class Blindness {
    /** A worker that answers again needs so long to be back at work on a busy machine. */
    private static final long RECOVERY_NS = Duration.ofSeconds(30).toNanos();

    private final List<Span> spans = new ArrayList<>();

    private record Span(long fromNs, long toNs) {}

    Blindness(List<Journal.Note> notes) {
        for (Journal.Note note : notes) {
            if (note.kind().equals("fault") && Fault.valueOf(note.what()).blinds()) {
                spans.add(new Span(note.fromNs(), curedNs(note, notes) + RECOVERY_NS));
            } else if (note.kind().equals("task")) {
                spans.add(new Span(note.fromNs() - RECOVERY_NS, note.toNs() + RECOVERY_NS));
            }
        }
        spans.sort(Comparator.comparingLong(Span::fromNs));
    }

    /** For how long it could have read a line that was in the log from the one moment to the other. */
    Duration sight(long fromNs, long toNs) {
        long sightNs = 0;
        long seenUntilNs = fromNs;
        for (Span span : spans) {
            sightNs += Math.max(0, Math.min(span.fromNs(), toNs) - seenUntilNs);
            seenUntilNs = Math.max(seenUntilNs, span.toNs());
        }
        return Duration.ofNanos(sightNs + Math.max(0, toNs - seenUntilNs));
    }

    private static long curedNs(Journal.Note fault, List<Journal.Note> notes) {
        return notes.stream()
                .filter(note -> note.kind().equals("cure")
                        && note.what().equals(fault.what())
                        && note.outcome().equals("done")
                        && note.toNs() >= fault.fromNs())
                .mapToLong(Journal.Note::toNs)
                .findFirst()
                .orElse(Long.MAX_VALUE - RECOVERY_NS);
    }
}
