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

    /** The type of a line that isn't an event. */
    static final String BROKEN = "broken";

    static final String MARK = "io.podman.event.rotate";
    static final String END = "end";

    private final boolean marksBegin;
    private final List<EngineEvent> lines = new ArrayList<>();
    /** Counts cuts and deletions: a follower notices that its file is another. */
    private int generation;
    /** How many lines were ever dropped, so that positions stay valid across a cut. */
    private long dropped;

    /** @param version older ones mark a cut at its end only */
    SimLog(Setting.Version version) {
        marksBegin = version != Setting.Version.ENDING;
    }

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
        if (marksBegin) {
            lines.add(0, mark(Map.of(MARK, "begin"), nowNs));
            dropped--;
            lines.add(mark(Map.of(MARK, END), nowNs));
        } else {
            lines.add(mark(Map.of(), nowNs));
        }
        generation++;
        return gone;
    }

    private static EngineEvent mark(Map<String, String> attributes, long nowNs) {
        return EngineEvent.of("system", "log-rotation", "", attributes, nowNs);
    }

    /** A line that isn't an event. */
    void breakLine(long nowNs) {
        lines.add(EngineEvent.of(BROKEN, "", "", Map.of(), nowNs));
    }

    boolean isBroken() {
        return lines.stream().anyMatch(line -> line.type().equals(BROKEN));
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

    /** All lines from a position on. */
    List<EngineEvent> read(long from) {
        int first = (int) Math.max(0, from - dropped);
        return List.copyOf(lines.subList(Math.min(first, lines.size()), lines.size()));
    }

    /**
     * Where a follower of a newer version reads on after a cut: it skips from the first mark to the next end, which can be
     * that of an earlier cut. Without marks it reads the new file from its start.
     */
    long afterSkip() {
        for (int i = 0; i < lines.size(); i++) {
            if (END.equals(lines.get(i).attributes().get(MARK))) {
                return dropped + i;
            }
        }
        return dropped;
    }
}
