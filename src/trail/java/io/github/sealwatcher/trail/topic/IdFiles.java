package io.github.sealwatcher.trail.topic;

import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.Place;
import io.github.sealwatcher.trail.rule.EventIds;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All ids of a trail: a few in memory, many in temporary files, split by their first bits, so that memory holds one part at
 * a time. A hundred million ids take 2.8 GB of disk. An id is kept as 128 bits.
 */
public final class IdFiles implements EventIds, AutoCloseable {
    private static final int PARTS = 256;
    private static final int BYTES = 2 * Long.BYTES + Integer.BYTES + Long.BYTES;
    private static final int HEX = 16;
    private static final int BUFFER = 8 << 10;

    private static final int MAX_IN_MEMORY = 1 << 16;

    private final MessageDigest digest;
    private final List<DataOutputStream> parts = new ArrayList<>();
    private List<Entry> few = new ArrayList<>();
    private @Nullable Path directory;
    private String topic = "";

    private record Entry(long high, long low, int partition, long offset) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byHigh = Long.compareUnsigned(high, other.high);
            int byLow = byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
            int byPartition = byLow != 0 ? byLow : Integer.compare(partition, other.partition);
            return byPartition != 0 ? byPartition : Long.compare(offset, other.offset);
        }

        boolean hasIdOf(Entry other) {
            return high == other.high && low == other.low;
        }

        String id() {
            return "%016x%016x".formatted(high, low);
        }
    }

    /** Of no id yet. */
    public IdFiles() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void add(ContainerEvent event) {
        topic = event.place().topic();
        long high;
        long low;
        try {
            high = Long.parseUnsignedLong(event.eventId(), 0, HEX, HEX);
            low = Long.parseUnsignedLong(event.eventId(), HEX, 2 * HEX, HEX);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            // Not an id of the connector, which the rules report; two equal ones are still a duplicate.
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(event.eventId().getBytes(StandardCharsets.UTF_8)));
            high = hash.getLong();
            low = hash.getLong();
        }
        Entry entry =
                new Entry(high, low, event.place().partition(), event.place().offset());
        if (directory == null && few.size() < MAX_IN_MEMORY) {
            few.add(entry);
            return;
        }
        try {
            if (directory == null) {
                spill();
            }
            write(entry);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write temporary files; java.io.tmpdir names where", e);
        }
    }

    private void spill() throws IOException {
        Path made = Files.createTempDirectory("podman-trail-");
        directory = made;
        for (int i = 0; i < PARTS; i++) {
            OutputStream file = Files.newOutputStream(made.resolve(Integer.toString(i)));
            parts.add(new DataOutputStream(new BufferedOutputStream(file, BUFFER)));
        }
        for (Entry entry : few) {
            write(entry);
        }
        few = List.of();
    }

    private void write(Entry entry) throws IOException {
        DataOutputStream part = parts.get((int) (entry.high() >>> (Long.SIZE - Byte.SIZE)));
        part.writeLong(entry.high());
        part.writeLong(entry.low());
        part.writeInt(entry.partition());
        part.writeLong(entry.offset());
    }

    @Override
    public void eachTwice(Twice sink) {
        if (directory == null) {
            inPart(few.toArray(Entry[]::new), sink);
            return;
        }
        try {
            for (int i = 0; i < PARTS; i++) {
                parts.get(i).flush();
                inPart(read(directory.resolve(Integer.toString(i))), sink);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read temporary files in " + directory, e);
        }
    }

    @Override
    public void close() {
        if (directory == null) {
            return;
        }
        try {
            for (int i = 0; i < PARTS; i++) {
                parts.get(i).close();
                Files.delete(directory.resolve(Integer.toString(i)));
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove temporary files in " + directory, e);
        }
    }

    private static Entry[] read(Path file) throws IOException {
        Entry[] entries = new Entry[Math.toIntExact(Files.size(file) / BYTES)];
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (int i = 0; i < entries.length; i++) {
                entries[i] = new Entry(in.readLong(), in.readLong(), in.readInt(), in.readLong());
            }
        }
        return entries;
    }

    private void inPart(Entry[] entries, Twice sink) {
        Arrays.sort(entries);
        int first = 0;
        for (int i = 1; i < entries.length; i++) {
            if (entries[i].hasIdOf(entries[first])) {
                sink.at(entries[i].id(), place(entries[first]), place(entries[i]));
            } else {
                first = i;
            }
        }
    }

    private Place place(Entry entry) {
        return new Place(topic, entry.partition(), entry.offset());
    }
}
