package io.github.sealwatcher.connect.record;

import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.DetailSource;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.model.Status;

/**
 * The words of the records' text fields. Consumers compare them, so they never change; the constants in Java may be renamed.
 */
final class WireNames {

    private WireNames() {}

    static String of(Origin origin) {
        return switch (origin) {
            case LIVE -> "live";
            case REPLAY -> "replay";
            case SNAPSHOT -> "snapshot";
            case RECONCILED -> "reconciled";
        };
    }

    static String of(Status status) {
        return switch (status) {
            case RUNNING -> "running";
            case PAUSED -> "paused";
        };
    }

    static String of(DetailSource source) {
        return switch (source) {
            case INSPECT -> "inspect";
            case LIST -> "list";
            case REMEMBERED -> "remembered";
            case EVENT -> "event";
        };
    }

    static String of(HostChange.Type type) {
        return switch (type) {
            case CONNECTED -> "connected";
            case DISCONNECTED -> "disconnected";
            case SYNCHRONIZED -> "synchronized";
            case HISTORY_GAP -> "history_gap";
            case LOG_ROTATED -> "log_rotated";
            case ENGINE_CHANGED -> "engine_changed";
        };
    }

    /** The type of the event; an action without a type of its own goes by the engine's name. */
    static String typeOf(ContainerChange change) {
        return switch (change.kind()) {
            case STARTED -> "start";
            case DIED -> "die";
            case PAUSED -> "pause";
            case UNPAUSED -> "unpause";
            case POD_CHANGED -> "pod_association";
            case OTHER -> change.occurrence().rawAction();
        };
    }
}
