package io.github.sealwatcher.chaos;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/**
 * How much to write, and on which Podman.
 *
 * @param suite the Debian release whose Podman to take; empty: this machine's
 * @param aSecond how many events
 */
record RotationOptions(Duration time, int aSecond, String suite) {

    static RotationOptions parse(List<String> arguments) {
        Duration time = Duration.ofMinutes(1);
        int aSecond = 500;
        String suite = "";
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--seconds" -> time = Duration.ofSeconds(Long.parseLong(rest.next()));
                case "--rate" -> aSecond = Integer.parseInt(rest.next());
                case "--suite" -> suite = rest.next();
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        return new RotationOptions(time, aSecond, suite);
    }
}
