package io.github.sealwatcher.connect.config;

import io.github.sealwatcher.watch.Backoff;
import io.github.sealwatcher.watch.Options.OnGap;
import io.github.sealwatcher.watch.Options.SnapshotMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** How a host is watched. All spans in nanoseconds. */
public record WatchConfig(
        long pingNs,
        Backoff backoff,
        long resyncNs,
        long overlapNs,
        long heartbeatNs,
        SnapshotMode snapshot,
        OnGap onGap) {

    static final String PING = "ping.interval.ms";
    static final String BACKOFF = "retry.backoff.ms";
    static final String BACKOFF_MAX = "retry.backoff.max.ms";
    static final String MAX_ELAPSED = "retry.max.elapsed.ms";
    static final String RESYNC = "resync.interval.ms";
    static final String OVERLAP = "replay.overlap.ms";
    static final String SNAPSHOT = "snapshot.mode";
    static final String ON_GAP = "on.history.gap";
    static final String HEARTBEAT = "heartbeat.interval.ms";

    private static final Map<String, SnapshotMode> SNAPSHOT_MODES =
            Map.of("initial", SnapshotMode.INITIAL, "always", SnapshotMode.ALWAYS, "no_data", SnapshotMode.NO_DATA);
    private static final Map<String, OnGap> ON_GAP_CHOICES = Map.of("reconcile", OnGap.RECONCILE, "fail", OnGap.FAIL);

    static ConfigSection section() {
        return new ConfigSection(
                "Watching",
                true,
                List.of(
                        ConfigKey.choice(
                                        SNAPSHOT,
                                        List.of("initial", "always", "no_data"),
                                        "Snapshot mode",
                                        "How to report the containers that are already alive when the task starts."
                                                + " initial: once, when no offset is stored. always:"
                                                + " at every start of the task. no_data: never.")
                                .rated(Importance.HIGH),
                        ConfigKey.choice(
                                        ON_GAP,
                                        List.of("reconcile", "fail"),
                                        "On history gap",
                                        "What to do when Podman's event log no longer holds all that happened since the"
                                                + " stored offset (it was cut, or the host was rebooted). reconcile: report"
                                                + " it on the host topic and infer from a list what started and died."
                                                + " fail: stop the task.")
                                .rated(Importance.HIGH),
                        ConfigKey.millis(
                                RESYNC,
                                60_000,
                                100,
                                "Resync interval",
                                "How often, in milliseconds, to list all containers and compare them with what is known"
                                        + " although all seems well. Podman can lose events; this finds what they"
                                        + " would have reported."),
                        ConfigKey.millis(
                                OVERLAP,
                                10_000,
                                0,
                                "Replay overlap",
                                "How many milliseconds before the last event a reconnect reads again. Podman writes"
                                        + " events up to 1.2 s late; what was reported before is recognized and not"
                                        + " repeated. A longer overlap makes the stored offset larger."),
                        ConfigKey.millis(
                                PING,
                                10_000,
                                100,
                                "Ping interval",
                                "How often, in milliseconds, to ask Podman on a second connection whether it is still"
                                        + " there: a silent event stream looks the same whether alive or dead. After two"
                                        + " pings without an answer the host is connected anew."),
                        ConfigKey.millis(
                                        BACKOFF,
                                        500,
                                        1,
                                        "Retry backoff",
                                        "The longest wait, in milliseconds, before the first retry of a host that"
                                                + " doesn't answer. It doubles with each retry, and the wait is drawn at"
                                                + " random below it so that many hosts don't come back at once.")
                                .shownUnless(MAX_ELAPSED, 0L),
                        ConfigKey.millis(
                                        BACKOFF_MAX,
                                        30_000,
                                        1,
                                        "Retry backoff maximum",
                                        "The longest wait, in milliseconds, before any retry.")
                                .shownUnless(MAX_ELAPSED, 0L),
                        ConfigKey.millis(
                                MAX_ELAPSED,
                                -1,
                                -1,
                                "Give up after",
                                "After how many milliseconds without an answer from a host the task fails, naming it."
                                        + " -1: never, the host is retried forever and the others go on. 0: at the first"
                                        + " failure."),
                        ConfigKey.millis(
                                HEARTBEAT,
                                30_000,
                                0,
                                "Heartbeat interval",
                                "How often, in milliseconds, to write to the heartbeat topic for a host that has nothing"
                                        + " else to report, so that its stored offset doesn't fall behind Podman's history."
                                        + " 0: never.")));
    }

    /** @throws InvalidSettingException if two values don't fit together */
    static WatchConfig from(AbstractConfig values) {
        long base = values.getLong(BACKOFF);
        long max = values.getLong(BACKOFF_MAX);
        if (max < base) {
            throw new InvalidSettingException(
                    BACKOFF_MAX, "expected at least " + BACKOFF + " (" + base + "), found " + max);
        }
        long maxElapsed = values.getLong(MAX_ELAPSED);
        return new WatchConfig(
                ns(values.getLong(PING)),
                new Backoff(ns(base), ns(max), maxElapsed < 0 ? -1 : ns(maxElapsed)),
                ns(values.getLong(RESYNC)),
                ns(values.getLong(OVERLAP)),
                ns(values.getLong(HEARTBEAT)),
                chosen(SNAPSHOT_MODES, values.getString(SNAPSHOT)),
                chosen(ON_GAP_CHOICES, values.getString(ON_GAP)));
    }

    private static long ns(long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }

    private static <T> T chosen(Map<String, T> choices, String name) {
        return Objects.requireNonNull(choices.get(name), name);
    }
}
