package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.EngineEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Podman's event log: lines in the order of writing. When it is cut, a marker is added and the followers of newer versions
 * skip everything that was written since they last looked; those of older ones see the stream end.
 */
final class SimLog {

    static final String POISON = "poison";

    private final List<EngineEvent> lines = new ArrayList<>();
    /** Counts cuts and deletions: a follower notices that its file is another. */
    private int generation;
    /** How many lines were ever dropped, so that positions stay valid across a cut. */
    private long dropped;

    void write(EngineEvent event) {
        lines.add(event);
    }

    /** Cuts the older half off, as far as it is older than {@code keepFromNs}; gives what is gone. */
    List<EngineEvent> rotate(long nowNs, long keepFromNs) {
        List<EngineEvent> older = lines.subList(0, lines.size() / 2);
        int cut = 0;
        while (cut < older.size() && older.get(cut).timeNs() < keepFromNs) {
            cut++;
        }
        List<EngineEvent> gone = List.copyOf(lines.subList(0, cut));
        dropped += cut;
        lines.subList(0, cut).clear();
        lines.add(0, EngineEvent.of("system", "log-rotation", "", Map.of("io.podman.event.rotate", "begin"), nowNs));
        dropped--;
        lines.add(EngineEvent.of("system", "log-rotation", "", Map.of("io.podman.event.rotate", "end"), nowNs));
        generation++;
        return gone;
    }

    /** A line that Podman itself can't read. */
    void poison(long nowNs) {
        lines.add(EngineEvent.of(POISON, "", "", Map.of(), nowNs));
    }

    boolean isPoisoned() {
        return lines.stream().anyMatch(line -> line.type().equals(POISON));
    }

    void delete() {
        dropped += lines.size();
        lines.clear();
        generation++;
    }

    int generation() {
        return generation;
    }

    long end() {
        return dropped + lines.size();
    }

    /** The lines from a position on that are newer than {@code sinceNs}. */
    List<EngineEvent> read(long from, long sinceNs) {
        int first = (int) Math.max(0, from - dropped);
        return lines.subList(Math.min(first, lines.size()), lines.size()).stream()
                .filter(event -> event.timeNs() > sinceNs)
                .toList();
    }
}
