package io.github.sealwatcher.chaos.checker;

import java.util.Map;

/**
 * Who was alive by Podman's own word.
 *
 * @param fromNs when it was asked
 * @param toNs when it had answered
 * @param alive status and pod by container
 */
record CensusLook(long fromNs, long toNs, Map<String, String> alive) {
    /** A moment at which that was so, if nothing changed meanwhile. */
    long atNs() {
        return fromNs + (toNs - fromNs) / 2;
    }
}
