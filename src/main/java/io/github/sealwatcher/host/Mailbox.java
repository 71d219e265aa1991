package io.github.sealwatcher.host;

import io.github.sealwatcher.watch.Input;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of one host's core, in three lanes, because a core that waits for an answer must get it although it
 * wants no more events: answers, which are few and always accepted; events of a replay; events of the stream. The two
 * event lanes are bounded by count and by bytes, as an event can have megabytes of labels, and block whoever fills them.
 *
 * <p>Any thread may post; one at a time takes.
 */
final class Mailbox {

    private static final int LANE_INPUTS = 1024;
    private static final long LANE_BYTES = 8L << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    // Guarded by lock: all below.
    private final Queue<Input> answers = new ArrayDeque<>();
    private final Lane replayed = new Lane();
    private final Lane streamed = new Lane();
    private boolean closed;

    /** Adds an answer; never blocks. */
    void answer(Input input) {
        lock.lock();
        try {
            answers.add(input);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds an event of a replay, as soon as there is room.
     *
     * @return false if the mailbox is closed
     */
    boolean putReplayed(Input input) throws InterruptedException {
        return put(replayed, input);
    }

    /**
     * Adds an event of the stream, as soon as there is room.
     *
     * @return false if the mailbox is closed
     */
    boolean putStreamed(Input input) throws InterruptedException {
        return put(streamed, input);
    }

    /**
     * Takes the next input.
     *
     * @param noStreamed leave the stream's lane alone
     * @param noReplayed leave the replay's lane alone
     * @return null if there is nothing to take
     */
    @Nullable
    Input poll(boolean noStreamed, boolean noReplayed) {
        lock.lock();
        try {
            Input next = answers.poll();
            if (next == null && !noReplayed) {
                next = replayed.poll();
            }
            if (next == null && !noStreamed) {
                next = streamed.poll();
            }
            room.signalAll();
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@link #poll} would take anything. */
    boolean has(boolean noStreamed, boolean noReplayed) {
        lock.lock();
        try {
            return !answers.isEmpty() || (!noReplayed && !replayed.isEmpty()) || (!noStreamed && !streamed.isEmpty());
        } finally {
            lock.unlock();
        }
    }

    /** Drops everything and releases all waiting threads. */
    void close() {
        lock.lock();
        try {
            closed = true;
            answers.clear();
            replayed.clear();
            streamed.clear();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean put(Lane lane, Input input) throws InterruptedException {
        long bytes = weight(input);
        lock.lockInterruptibly();
        try {
            while (!closed && lane.isFull()) {
                room.await();
            }
            if (!closed) {
                lane.add(input, bytes);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** What is large in an input: the labels of an event. */
    private static long weight(Input input) {
        return input instanceof Input.EventReceived received
                ? received.event().attributeBytes()
                : input instanceof Input.EventReplayed replayed
                        ? replayed.event().attributeBytes()
                        : 0;
    }

    /** Inputs in order, with their weight; guarded by the mailbox's lock. */
    private static final class Lane {
        private final Queue<Weighed> inputs = new ArrayDeque<>();
        private long bytes;

        boolean isFull() {
            return inputs.size() >= LANE_INPUTS || bytes >= LANE_BYTES;
        }

        boolean isEmpty() {
            return inputs.isEmpty();
        }

        void add(Input input, long itsBytes) {
            inputs.add(new Weighed(input, itsBytes));
            bytes += itsBytes;
        }

        @Nullable
        Input poll() {
            Weighed next = inputs.poll();
            bytes -= next == null ? 0 : next.bytes();
            return next == null ? null : next.input();
        }

        void clear() {
            inputs.clear();
            bytes = 0;
        }
    }

    private record Weighed(Input input, long bytes) {}
}
