package io.github.sealwatcher.host;

import io.github.sealwatcher.watch.Input;
import io.github.sealwatcher.watch.state.State;

/**
 * Notices when what one host has shown takes more of the heap than a list of its containers may. Lists and answers are
 * weighed while they are read; events and look-ups add to what is known one by one. For one thread at a time.
 */
final class MemoryShare {

    private static final int HEAP_PARTS = 6;
    /** Weighing goes through all containers: it is worth it only when this much may be new, a part of the limit. */
    private static final int PARTS_UNWEIGHED = 4;

    private static final long CONTAINER_BYTES = 512;

    private final long maxBytes;
    private long unweighed;

    MemoryShare() {
        this(Runtime.getRuntime().maxMemory() / HEAP_PARTS);
    }

    MemoryShare(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether the host has shown too much, now that {@code input} was received. */
    boolean isExceeded(Input input, State after) {
        unweighed += added(input);
        if (unweighed < maxBytes / PARTS_UNWEIGHED) {
            return false;
        }
        unweighed = 0;
        return after.shownBytes() > maxBytes;
    }

    /** What to call it. */
    String complaint() {
        return "what this host shows of its containers takes more than " + (maxBytes >> 20)
                + " MiB of memory, a sixth of the Java heap; give the worker a larger heap (-Xmx), or look what that host"
                + " sends";
    }

    private static long added(Input input) {
        if (input instanceof Input.EventReceived received) {
            return CONTAINER_BYTES + received.event().attributeBytes();
        }
        if (input instanceof Input.EventReplayed replayed) {
            return CONTAINER_BYTES + replayed.event().attributeBytes();
        }
        return input instanceof Input.ContainerFound found && found.found() != null
                ? found.found().container().bytes()
                : 0;
    }
}
