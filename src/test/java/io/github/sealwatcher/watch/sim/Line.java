package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.EngineEvent;
import java.util.HashMap;
import java.util.Map;

/** A line of the event log, and who has had it when. */
final class Line {

    static final long NEVER = Long.MAX_VALUE;

    final EngineEvent event;
    /** Since when it stands in the log. */
    long writtenTicks = NEVER;
    /** Since when it doesn't any more. */
    long goneTicks = NEVER;
    /** Since when what was committed, or will be, comes from somebody who had it. */
    long heldTicks = NEVER;
    /** Since when such a one has had it and all that stood before it. */
    long provenTicks = NEVER;

    Line(EngineEvent event) {
        this.event = event;
    }

    void held(long ticks, boolean withAllBefore) {
        heldTicks = Math.min(heldTicks, ticks);
        if (withAllBefore) {
            provenTicks = Math.min(provenTicks, ticks);
        }
    }

    /** Who has had it since then is gone, and with him what he knew. */
    void forgottenSince(long ticks) {
        if (heldTicks > ticks) {
            heldTicks = NEVER;
        }
        if (provenTicks > ticks) {
            provenTicks = NEVER;
        }
    }

    boolean isInLog(long ticks) {
        return writtenTicks <= ticks && ticks < goneTicks;
    }

    /** The line as that version of Podman shows it: 4.x puts an exit code on every event. */
    EngineEvent shownBy(Setting.Version version) {
        if (!version.writesExitCodes() || event.attributes().containsKey("containerExitCode")) {
            return event;
        }
        Map<String, String> attributes = new HashMap<>(event.attributes());
        attributes.put("containerExitCode", "0");
        return EngineEvent.of(event.type(), event.action(), event.actorId(), attributes, event.timeNs());
    }
}
