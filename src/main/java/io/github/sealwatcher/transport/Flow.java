package io.github.sealwatcher.transport;

/**
 * What the connections inside one ssh connection know of each other. All their bytes come through one thread; if it waits
 * because one of them isn't read, an answer that somebody else waits for is stuck behind it. Its monitor guards the
 * {@link Inbox}es of all.
 */
final class Flow {

    /** Somebody needs an answer within a time limit; guarded by this. */
    private int waiting;

    synchronized boolean isNeeded() {
        return waiting > 0;
    }

    /** From now on, until {@link #answered}, nothing else must hold up what comes. */
    synchronized void needed() {
        waiting++;
        notifyAll();
    }

    synchronized void answered() {
        waiting--;
    }
}
