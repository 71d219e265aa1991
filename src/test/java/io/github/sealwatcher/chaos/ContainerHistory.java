package io.github.sealwatcher.chaos;

import io.github.sealwatcher.chaos.checker.EmittedEvent;
import io.github.sealwatcher.chaos.checker.Gap;
import io.github.sealwatcher.chaos.checker.TruthLine;
import io.github.sealwatcher.chaos.world.Journal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One container's history from both sides and all that was done meanwhile, to find out who is wrong. */
record ContainerHistory(List<TruthLine> truth, List<EmittedEvent> emitted, List<Gap> gaps, List<Journal.Note> notes) {

    private record Line(long atNs, String text) {}

    /** In the order of time. */
    String of(String id) {
        List<Line> lines = new ArrayList<>();
        String name = "";
        for (TruthLine line : truth) {
            if (line.moment().id().equals(id)) {
                lines.add(new Line(line.moment().timeNs(), line.toString()));
                name = line.name();
            }
        }
        for (EmittedEvent event : emitted) {
            if (event.moment().id().equals(id)) {
                lines.add(new Line(event.moment().timeNs(), event.toString()));
            }
        }
        for (Gap gap : gaps) {
            lines.add(new Line(gap.atNs(), gap.toString()));
        }
        for (Journal.Note note : notes) {
            boolean about = !note.kind().equals("command")
                    || (!name.isEmpty() && List.of(note.what().split(" ", -1)).contains(name));
            if (about) {
                lines.add(new Line(note.fromNs(), note.toString()));
            }
        }
        StringBuilder text = new StringBuilder("history of " + name + " " + id + "\n");
        lines.stream()
                .sorted(Comparator.comparingLong(Line::atNs))
                .forEach(line -> text.append("    ")
                        .append(line.text().lines().findFirst().orElse(""))
                        .append('\n'));
        return text.toString();
    }
}
