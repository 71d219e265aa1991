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
    /** So many events are taken under one lock: who fills a lane and who takes from it meet less often. */
    private static final int HAND_INPUTS = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    // Guarded by lock: all below, but for what says otherwise.
    private final Queue<Input> answers = new ArrayDeque<>();
    private final Lane replayed = new Lane();
    private final Lane streamed = new Lane();
    /** Written under the lock only. */
    private volatile boolean answered;
    /** Written under the lock only. */
    private volatile boolean closed;

    /** What became of an event. */
    enum Put {
        ADDED,
        /** Added, and the next one has to wait until some are taken. */
        FULL,
        /** Dropped: the mailbox is closed. */
        CLOSED
    }

    /** Adds an answer; never blocks. */
    void answer(Input input) {
        lock.lock();
        try {
            answers.add(input);
            answered = true;
        } finally {
            lock.unlock();
        }
    }

    /** Adds an event of a replay, as soon as there is room. */
    Put putReplayed(Input input) throws InterruptedException {
        return put(replayed, input);
    }

    /** Adds an event of the stream, as soon as there is room. */
    Put putStreamed(Input input) throws InterruptedException {
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
        if (answered || closed) {
            Input answer = pollAnswer();
            if (answer != null) {
                return answer;
            }
        }
        Input event = noReplayed ? null : poll(replayed);
        return event != null || noStreamed ? event : poll(streamed);
    }

    /** Whether {@link #poll} would take anything; for whoever takes, or has just ended to. */
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

    private @Nullable Input pollAnswer() {
        lock.lock();
        try {
            if (closed) {
                replayed.hand.clear();
                streamed.hand.clear();
            }
            Input next = answers.poll();
            answered = !answers.isEmpty();
            return next;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Input poll(Lane lane) {
        Input next = lane.hand.poll();
        if (next != null) {
            return next;
        }
        lock.lock();
        try {
            lane.takeInHand();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        return lane.hand.poll();
    }

    private Put put(Lane lane, Input input) throws InterruptedException {
        long bytes = weight(input);
        lock.lockInterruptibly();
        try {
            while (!closed && lane.isFull()) {
                room.await();
            }
            if (closed) {
                return Put.CLOSED;
            }
            lane.add(input, bytes);
            return lane.isFull() ? Put.FULL : Put.ADDED;
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
        /** Out of the lane, though not out of its bounds; of whoever takes alone. */
        private final Queue<Input> hand = new ArrayDeque<>();

        private final Queue<Weighed> inputs = new ArrayDeque<>();
        private long bytes;
        private int handInputs;
        private long handBytes;

        boolean isFull() {
            return inputs.size() + handInputs >= LANE_INPUTS || bytes + handBytes >= LANE_BYTES;
        }

        boolean isEmpty() {
            return inputs.isEmpty() && hand.isEmpty();
        }

        void add(Input input, long itsBytes) {
            inputs.add(new Weighed(input, itsBytes));
            bytes += itsBytes;
        }

        /** What was taken before is done with. */
        void takeInHand() {
            handInputs = 0;
            handBytes = 0;
            for (Weighed next = inputs.poll(); next != null; next = handInputs < HAND_INPUTS ? inputs.poll() : null) {
                hand.add(next.input());
                handInputs++;
                handBytes += next.bytes();
            }
            bytes -= handBytes;
        }

        void clear() {
            inputs.clear();
            bytes = 0;
        }
    }

    private record Weighed(Input input, long bytes) {}
}
