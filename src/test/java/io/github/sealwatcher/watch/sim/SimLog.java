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

    private final List<Line> lines = new ArrayList<>();
    /** Counts cuts and deletions: a follower notices that its file is another. */
    private int generation;
    /** How many lines were ever dropped, so that positions stay valid across a cut. */
    private long dropped;

    void write(Line line, long ticks) {
        line.writtenTicks = ticks;
        lines.add(line);
    }

    /**
     * Cuts the older half off, as far as it is older than {@code keepFromNs}.
     *
     * @param truth where its marks are written down
     * @param marksBegin older versions mark a cut at its end only
     * @return what is left of what was there
     */
    List<Line> rotate(Truth truth, boolean marksBegin, long nowNs, long ticks, long keepFromNs) {
        List<Line> older = lines.subList(0, lines.size() / 2);
        int cut = 0;
        while (cut < older.size() && older.get(cut).event.timeNs() < keepFromNs) {
            older.get(cut).goneTicks = ticks;
            cut++;
        }
        dropped += cut;
        lines.subList(0, cut).clear();
        List<Line> left = List.copyOf(lines);
        if (marksBegin) {
            lines.add(0, mark(truth, Map.of(MARK, "begin"), nowNs, ticks));
            dropped--;
            lines.add(mark(truth, Map.of(MARK, END), nowNs, ticks));
        } else {
            lines.add(mark(truth, Map.of(), nowNs, ticks));
        }
        generation++;
        return left;
    }

    private static Line mark(Truth truth, Map<String, String> attributes, long nowNs, long ticks) {
        Line mark = truth.line(EngineEvent.of("system", "log-rotation", "", attributes, nowNs));
        mark.writtenTicks = ticks;
        return mark;
    }

    boolean isBroken() {
        return lines.stream().anyMatch(line -> line.event.type().equals(BROKEN));
    }

    void delete(long ticks) {
        lines.forEach(line -> line.goneTicks = ticks);
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
    List<Line> read(long from) {
        int first = (int) Math.max(0, from - dropped);
        return List.copyOf(lines.subList(Math.min(first, lines.size()), lines.size()));
    }

    /**
     * Where a follower of a newer version reads on after a cut: it skips from the first mark to the next end, which can be
     * that of an earlier cut. Without marks it reads the new file from its start.
     */
    long afterSkip() {
        for (int i = 0; i < lines.size(); i++) {
            if (END.equals(lines.get(i).event.attributes().get(MARK))) {
                return dropped + i;
            }
        }
        return dropped;
    }
}
