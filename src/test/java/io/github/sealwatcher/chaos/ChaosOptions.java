package io.github.sealwatcher.chaos;

import io.github.sealwatcher.chaos.world.ExistingPodman;
import io.github.sealwatcher.chaos.world.OwnPodman;
import io.github.sealwatcher.chaos.world.Podman;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What to torment and for how long.
 *
 * @param suite the Debian release whose Podman to take; empty: this machine's
 * @param skew how far the worker's clock is ahead of the host's
 * @param filters whether the connector's filters are changed meanwhile
 * @param prefixes whether its topic prefix is changed meanwhile too
 * @param keep whether the topics stay for others to read, as they are before the rewind, which is left out
 * @param upgrade whether Podman is replaced by newer versions meanwhile
 * @param wholeHistory whether Podman's event log is left alone: no cut and no gap
 * @param journald whether Podman keeps its events in a journal
 * @param streams whether the Kafka Streams example reads along
 * @param socket of a Podman that runs already; null: one of our own
 */
record ChaosOptions(
        Duration time,
        long seed,
        String suite,
        Path socket,
        boolean atLeastOnce,
        String logSize,
        Duration skew,
        boolean filters,
        boolean prefixes,
        boolean upgrade,
        boolean keep,
        boolean wholeHistory,
        boolean journald,
        boolean streams) {

    /** More than any run writes. */
    private static final String LOG_WITHOUT_END = "512m";

    private static final Pattern SKEW = Pattern.compile("([+-]?\\d+)([smh])");

    static ChaosOptions parse(List<String> arguments) {
        Duration time = Duration.ofMinutes(3);
        long seed = System.nanoTime();
        String suite = "";
        Path socket = null;
        boolean atLeastOnce = false;
        String logSize = "256k";
        Duration skew = Duration.ZERO;
        boolean filters = false;
        boolean prefixes = false;
        boolean upgrade = false;
        boolean keep = false;
        boolean wholeHistory = false;
        boolean journald = false;
        boolean streams = false;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--minutes" -> time = Duration.ofSeconds(Math.round(60 * Double.parseDouble(rest.next())));
                case "--seed" -> seed = Long.parseLong(rest.next());
                case "--suite" -> suite = rest.next();
                case "--podman" -> socket = Path.of(rest.next());
                case "--log-size" -> logSize = rest.next();
                case "--skew" -> skew = skew(rest.next());
                case "--filters" -> filters = true;
                case "--prefixes" -> prefixes = true;
                case "--upgrade" -> upgrade = true;
                case "--keep" -> keep = true;
                case "--journald" -> journald = true;
                case "--streams" -> streams = true;
                case "--whole-history" -> {
                    wholeHistory = true;
                    logSize = LOG_WITHOUT_END;
                }
                case "--at-least-once" -> atLeastOnce = true;
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        return new ChaosOptions(
                time,
                seed,
                suite,
                socket,
                atLeastOnce,
                logSize,
                skew,
                filters || prefixes,
                prefixes,
                upgrade,
                keep,
                wholeHistory,
                journald,
                streams);
    }

    /** Whether the trail must know the past: a filter hides some of it, and a worker without exactly once forgets. */
    boolean isPastKnown() {
        return !filters && !atLeastOnce && skew.isZero();
    }

    private static Duration skew(String text) {
        Matcher matcher = SKEW.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("--skew: expected a number and s, m or h, such as -1h; found " + text);
        }
        return Duration.parse("PT" + matcher.group(1) + matcher.group(2));
    }

    /** The Podman to torment: a given one, or one of our own. */
    Podman podman() {
        if (socket != null) {
            return new ExistingPodman(socket);
        }
        if (journald) {
            return OwnPodman.withJournal(suite);
        }
        return upgrade ? OwnPodman.toBeUpgraded(suite, logSize) : new OwnPodman(suite, logSize);
    }
}
