package io.github.sealwatcher.trail.cover;

import io.github.sealwatcher.trail.event.Window;

/**
 * A time in which a host was not, or not wholly, seen.
 *
 * @param reason in the connector's words
 */
public record BlindWindow(String host, Window window, Kind kind, String reason) {

    /** What it means for the trail. */
    public enum Kind {
        /** History lost events: starts and deaths within may be missing, or inferred. */
        GAP("gap", true),
        /** After a gap: until a list shows what became of it, or until the next gap, if that comes before the list. */
        UNSETTLED("unsettled", true),
        /** The host has not been reached since; whatever happens is not in the trail yet. */
        UNSEEN("unseen", true),
        /** No heartbeat since: the connector itself is stopped or cut off. */
        SILENT("silent", true),
        /** The host was out of reach, and its history was read afterwards: the records came late, but all of them. */
        LATE("late", false);

        private final String word;
        private final boolean blind;

        Kind(String word, boolean blind) {
            this.word = word;
            this.blind = blind;
        }

        /** Its name in output. */
        public String word() {
            return word;
        }

        /** Whether the trail may not hold all of it. */
        public boolean isBlind() {
            return blind;
        }
    }
}
