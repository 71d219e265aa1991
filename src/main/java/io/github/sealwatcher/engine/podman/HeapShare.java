package io.github.sealwatcher.engine.podman;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The part of the heap that the answers of all hosts may take together while they are read. A host that sends more than it
 * should gets an error of its own; without a limit its answer would fill the heap, and every host of the worker would
 * suffer. Thread-safe.
 */
final class HeapShare {

    /** The rest is for what is known of the hosts, for what waits for Kafka, and for the worker's other connectors. */
    private static final int HEAP_PARTS = 3;

    /** So that one host can't take what its neighbours need. */
    private static final int PARTS_A_HOST = 2;

    /** The one of this JVM. */
    static final HeapShare COMMON = new HeapShare(Runtime.getRuntime().maxMemory() / HEAP_PARTS);

    private final long maxForOne;
    private final AtomicLong free;

    HeapShare(long bytes) {
        this.maxForOne = bytes / PARTS_A_HOST;
        this.free = new AtomicLong(bytes);
    }

    /** Room for one answer; none is taken yet. */
    Reservation reserve() {
        return new Reservation();
    }

    /** What one answer takes. For one thread; closing it gives all back. */
    final class Reservation implements AutoCloseable {

        private long taken;

        /** @throws TooLarge if there is no room for so many bytes more */
        void take(long bytes) throws TooLarge {
            if (taken + bytes > maxForOne) {
                throw new TooLarge("it takes more than " + mebibytes(maxForOne)
                        + " of memory, a sixth of the Java heap; give the worker a larger heap (-Xmx), or look what that"
                        + " host sends");
            }
            if (free.addAndGet(-bytes) < 0) {
                free.addAndGet(bytes);
                throw new TooLarge(
                        "answers of other hosts take the memory that is for answers, a third of the Java heap;"
                                + " give the worker a larger heap (-Xmx)");
            }
            taken += bytes;
        }

        /** {@code body}, of which each byte takes so many. */
        InputStream taking(InputStream body, int bytesEach) {
            return new FilterInputStream(body) {
                @Override
                public int read() throws IOException {
                    take(bytesEach);
                    return super.read();
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    int read = super.read(bytes, offset, length);
                    take((long) Math.max(0, read) * bytesEach);
                    return read;
                }
            };
        }

        @Override
        public void close() {
            free.addAndGet(taken);
            taken = 0;
        }
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    /** There is no room for an answer. */
    static final class TooLarge extends IOException {

        @Serial
        private static final long serialVersionUID = 1L;

        TooLarge(String message) {
            super(message);
        }
    }
}
