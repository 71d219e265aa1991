package io.github.sealwatcher.chaos.checker;

import io.github.sealwatcher.chaos.world.FaultKind;
import io.github.sealwatcher.chaos.world.Journal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** When the connector had a reason not to see Podman's log, by the runner's own journal. */
public final class Blindness {
    /** A worker that answers again needs so long at most to be back at work on a busy machine. */
    private static final long RECOVERY_NS = Duration.ofSeconds(30).toNanos();

    private final List<Span> spans = new ArrayList<>();

    private record Span(long fromNs, long toNs) {}

    /** @param reported proves by what it holds that the connector was at work again */
    public Blindness(List<Journal.Note> notes, List<EmittedEvent> reported) {
        for (Journal.Note note : notes) {
            if (note.kind().equals("fault") && FaultKind.valueOf(note.what()).blinds()) {
                spans.add(new Span(note.fromNs(), recoveredNs(curedNs(note, notes), reported)));
            } else if (note.kind().equals("task")) {
                // What a task has read and not committed when it fails is lost with it.
                spans.add(new Span(note.fromNs() - RECOVERY_NS, recoveredNs(note.toNs(), reported)));
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

    /** When something that was written after the cure had been told and committed; or when it should have been. */
    private static long recoveredNs(long curedNs, List<EmittedEvent> reported) {
        return reported.stream()
                .filter(event -> event.isReceived() && event.moment().timeNs() > curedNs)
                .mapToLong(EmittedEvent::readAtNs)
                .reduce(curedNs + RECOVERY_NS, Math::min);
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
