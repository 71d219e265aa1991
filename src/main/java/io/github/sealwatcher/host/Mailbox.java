package io.github.sealwatcher.host;

import io.github.sealwatcher.watch.Input;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What one host's core is to be told, in three lanes, because a core that waits for an answer must get it although it
 * wants no more events: answers, which are few and always welcome; events from history; events from the stream. The two
 * event lanes are bounded and block who fills them.
 *
 * <p>Any thread may post; one at a time takes.
 */
final class Mailbox {

    private static final int LANE_INPUTS = 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    // Guarded by lock: all below.
    private final Queue<Input> answers = new ArrayDeque<>();
    private final Queue<Input> recalled = new ArrayDeque<>();
    private final Queue<Input> heard = new ArrayDeque<>();
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
     * Adds what history brought, as soon as there is room.
     *
     * @return false if the mailbox is closed
     */
    boolean recall(Input input) throws InterruptedException {
        return put(recalled, input);
    }

    /**
     * Adds what the stream brought, as soon as there is room.
     *
     * @return false if the mailbox is closed
     */
    boolean hear(Input input) throws InterruptedException {
        return put(heard, input);
    }

    /**
     * Takes the next input.
     *
     * @param noHeard leave the stream's lane alone
     * @param noRecalled leave the history's lane alone
     * @return null if there is nothing to take
     */
    @Nullable
    Input poll(boolean noHeard, boolean noRecalled) {
        lock.lock();
        try {
            Input next = answers.poll();
            if (next == null && !noRecalled) {
                next = recalled.poll();
            }
            if (next == null && !noHeard) {
                next = heard.poll();
            }
            room.signalAll();
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@link #poll} would take anything. */
    boolean has(boolean noHeard, boolean noRecalled) {
        lock.lock();
        try {
            return !answers.isEmpty() || (!noRecalled && !recalled.isEmpty()) || (!noHeard && !heard.isEmpty());
        } finally {
            lock.unlock();
        }
    }

    /** Drops everything and lets everybody go. */
    void close() {
        lock.lock();
        try {
            closed = true;
            answers.clear();
            recalled.clear();
            heard.clear();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean put(Queue<Input> lane, Input input) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && lane.size() >= LANE_INPUTS) {
                room.await();
            }
            return !closed && lane.add(input);
        } finally {
            lock.unlock();
        }
    }
}
