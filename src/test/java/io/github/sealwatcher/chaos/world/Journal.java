package io.github.sealwatcher.chaos.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the runner did, and what came of it, as JSON lines; safe from any thread. */
public final class Journal implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BufferedWriter writer;
    private final List<Note> notes = new ArrayList<>();

    /** @param kind {@code command}, {@code fault}, {@code cure}, {@code task} or {@code phase} */
    public record Note(long fromNs, long toNs, String kind, String what, String outcome) {
        @Override
        public String toString() {
            return WallClock.show(fromNs) + " .. " + WallClock.show(toNs) + "  " + kind + ": " + what + " -> "
                    + outcome;
        }
    }

    public Journal(Path file) {
        try {
            writer = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something that began at {@code fromNs} and has just ended. */
    public synchronized void write(long fromNs, String kind, String what, String outcome) {
        Note note = new Note(fromNs, WallClock.nowNs(), kind, what, outcome);
        notes.add(note);
        ObjectNode line = JSON.createObjectNode()
                .put("from", WallClock.show(note.fromNs()))
                .put("from_ns", note.fromNs())
                .put("to_ns", note.toNs())
                .put("kind", kind)
                .put("what", what)
                .put("outcome", outcome);
        try {
            writer.write(line.toString());
            writer.newLine();
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized List<Note> notes() {
        return List.copyOf(notes);
    }

    public List<Note> notes(String kind) {
        return notes().stream().filter(note -> note.kind().equals(kind)).toList();
    }

    @Override
    public synchronized void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
