package io.github.sealwatcher.host;

import io.github.sealwatcher.model.HostName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be taken, from all hosts together, in the order in which each gave it. Bounded by count and by bytes: a
 * full outbox blocks the hosts, whose mailboxes then fill and stop their readers; nothing grows. The hosts take turns, and
 * one that gives much may use no more room than it leaves to the others: so nobody waits behind it.
 *
 * <p>Any thread may {@link #put}, one thread drains. The first error that no host can get over is parked here and thrown
 * by the drain that has nothing left to return.
 */
public final class Outbox implements Sink, AutoCloseable {

    /** Once so many changes were taken at once, there is a load under which larger batches cost less. */
    private static final int LOAD_CHANGES = 64;
    /** So much of one host goes before the next one's turn. */
    private static final int TURN_CHANGES = 64;
    /** How long to wait for a larger batch then. */
    private static final long GATHER_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition filled = lock.newCondition();
    // Guarded by lock: all below.
    private final Map<HostName, Share> shares = new HashMap<>();
    /** Of whom something waits, in turn. */
    private final Queue<Share> turns = new ArrayDeque<>();

    private final int maxChanges;
    private final long maxBytes;
    private final long gatherNs;
    private int changes;
    private long bytes;
    private boolean underLoad;
    /** With how many changes the draining thread is woken. */
    private int wantedChanges = 1;

    private @Nullable FatalHostException parked;
    private boolean closed;
    private final QueueBlock block;

    /**
     * An empty outbox.
     *
     * @param maxChanges how many changes it holds before it blocks
     * @param maxBytes how many bytes, as {@link HostEmission#estimatedBytes estimated}, before it blocks
     */
    public Outbox(int maxChanges, long maxBytes) {
        this(maxChanges, maxBytes, System::nanoTime, GATHER_NS);
    }

    /**
     * @param ticksNs a clock in nanoseconds that never jumps
     * @param gatherNs how long to wait for a larger batch under load
     */
    Outbox(int maxChanges, long maxBytes, LongSupplier ticksNs, long gatherNs) {
        this.maxChanges = maxChanges;
        this.maxBytes = maxBytes;
        this.gatherNs = gatherNs;
        this.block = new QueueBlock(ticksNs);
    }

    /**
     * Adds an emission as soon as there is room. One that is larger than the bounds goes in alone.
     *
     * @return false if the outbox is closed, now or while waiting: the emission is dropped
     * @throws InterruptedException if the thread is interrupted
     */
    @Override
    public boolean put(HostEmission emission) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Share share = shares.computeIfAbsent(emission.host(), any -> new Share());
            if (isFullFor(share)) {
                awaitRoom(share);
            }
            if (closed) {
                return false;
            }
            if (share.emissions.isEmpty()) {
                turns.add(share);
            }
            share.add(emission);
            changes += emission.size();
            bytes += emission.estimatedBytes();
            if (changes >= wantedChanges) {
                filled.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isFullFor(Share share) {
        // Alone, a host has all the room.
        boolean alone = shares.size() == 1;
        return !closed
                && !turns.isEmpty()
                && (changes + (alone ? 0 : share.changes) >= maxChanges
                        || bytes + (alone ? 0 : share.bytes) >= maxBytes);
    }

    private void awaitRoom(Share share) throws InterruptedException {
        block.begin();
        // No larger batch can come.
        filled.signal();
        try {
            while (isFullFor(share)) {
                long leftNs = block.unreportedNs();
                if (leftNs > 0) {
                    // Whether it was woken or the time is up, the loop looks again.
                    long unused = room.awaitNanos(leftNs);
                } else {
                    block.report(changes, bytes);
                }
            }
        } finally {
            block.end();
        }
    }

    /** Parks an error for the draining thread; only the first one counts. */
    @Override
    public void park(FatalHostException error) {
        lock.lock();
        try {
            if (parked == null) {
                parked = error;
            }
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes what is there, waiting if there is nothing. Emissions are never split. Under load it waits a moment longer, so
     * that fewer and larger batches are taken: each one costs a stored offset and, exactly once, a transaction.
     *
     * @param max take no further emission once so many changes are taken
     * @param waitMs how long to wait for the first, in milliseconds
     * @return in order; empty if nothing came in time or the outbox is closed
     * @throws FatalHostException if a host gave up and everything before that was taken
     * @throws InterruptedException if the thread is interrupted
     */
    public List<HostEmission> drain(int max, long waitMs) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long leftNs = TimeUnit.MILLISECONDS.toNanos(waitMs);
            while (turns.isEmpty() && !closed && parked == null && leftNs > 0) {
                leftNs = filled.awaitNanos(leftNs);
            }
            if (turns.isEmpty() && parked != null) {
                throw parked;
            }
            if (underLoad) {
                gather(max);
            }
            List<HostEmission> taken = new ArrayList<>();
            int takenChanges = 0;
            while (!turns.isEmpty() && takenChanges < max) {
                Share share = turns.remove();
                takenChanges += take(share, Math.min(TURN_CHANGES, max - takenChanges), taken);
                if (!share.emissions.isEmpty()) {
                    turns.add(share);
                }
            }
            underLoad = takenChanges >= LOAD_CHANGES;
            if (!taken.isEmpty()) {
                block.taken();
            }
            room.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Takes so many changes of a host, or a few more, as emissions are never split; gives how many. */
    private int take(Share share, int most, List<HostEmission> taken) {
        int takenChanges = 0;
        for (HostEmission head = share.emissions.peek();
                head != null && takenChanges < most;
                head = share.emissions.peek()) {
            taken.add(share.remove());
            takenChanges += head.size();
            bytes -= head.estimatedBytes();
        }
        changes -= takenChanges;
        return takenChanges;
    }

    private void gather(int max) throws InterruptedException {
        wantedChanges = max;
        try {
            long leftNs = gatherNs;
            while (!turns.isEmpty() && changes < max && !block.isHolding() && !closed && parked == null && leftNs > 0) {
                leftNs = filled.awaitNanos(leftNs);
            }
        } finally {
            wantedChanges = 1;
        }
    }

    /** Whether nothing more comes in. */
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** How many changes wait now. */
    public int size() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes wait now, as estimated. */
    public long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** How many changes it holds before it blocks. */
    public int capacity() {
        return maxChanges;
    }

    /** For how many milliseconds in all some host had to wait for room, up to now. */
    public long blockedMs() {
        lock.lock();
        try {
            return TimeUnit.NANOSECONDS.toMillis(block.totalNs());
        } finally {
            lock.unlock();
        }
    }

    /** Lets everybody go: waiting puts return false, drains return what is left. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What waits of one host; guarded by the outbox's lock. */
    private static final class Share {
        private final Queue<HostEmission> emissions = new ArrayDeque<>();
        private int changes;
        private long bytes;

        void add(HostEmission emission) {
            emissions.add(emission);
            changes += emission.size();
            bytes += emission.estimatedBytes();
        }

        HostEmission remove() {
            HostEmission first = emissions.remove();
            changes -= first.size();
            bytes -= first.estimatedBytes();
            return first;
        }
    }
}
