package io.github.sealwatcher.fault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The fake's event log. Thread-safe. */
final class FakeLog {

    private record Line(long timeNs, String text) {}

    /** Guarded by this, as is everything else here. */
    private final List<Line> lines = new ArrayList<>();

    private int firstKept;
    /** Raised to end the streams that were opened before. */
    private int generation;

    synchronized void append(long timeNs, String text) {
        lines.add(new Line(timeNs, text));
        notifyAll();
    }

    /** Loses all history, as a rotation or a reboot does. */
    synchronized void forget() {
        firstKept = lines.size();
    }

    synchronized void endStreams() {
        generation++;
        notifyAll();
    }

    synchronized void wakeUp() {
        notifyAll();
    }

    /** Sends what was written after {@code sinceNs}, one chunk for each line, and then, if asked to follow, goes on. */
    void stream(Wire wire, long sinceNs, boolean follow) throws IOException, InterruptedException {
        int next;
        int openedIn;
        synchronized (this) {
            next = firstKept;
            openedIn = generation;
        }
        wire.streamHeader();
        while (true) {
            List<Line> batch;
            synchronized (this) {
                while (follow && next >= lines.size() && generation == openedIn && wire.isOpen()) {
                    wait();
                }
                batch = List.copyOf(lines.subList(Math.min(next, lines.size()), lines.size()));
                next = lines.size();
                if (batch.isEmpty()) {
                    break;
                }
            }
            for (Line line : batch) {
                if (line.timeNs() > sinceNs) {
                    wire.chunk(line.text() + "\n");
                }
            }
        }
        wire.finalChunk();
    }
}
