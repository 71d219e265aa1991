package io.github.sealwatcher.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * How long to watch, and what.
 *
 * @param time without start and verdict
 * @param suites the releases whose Podman is watched beside this machine's
 * @param hosts how many scripted hosts there are
 * @param memory the worker's heap, such as {@code 256m}
 */
record SoakOptions(Duration time, long seed, List<String> suites, int hosts, String memory) {
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);
    /** A short run is a trial of this program: it shall have as many samples as an hour has. */
    private static final int MIN_SAMPLES = 60;

    SoakOptions {
        suites = List.copyOf(suites);
    }

    static SoakOptions parse(List<String> arguments) {
        Duration time = Duration.ofHours(2);
        long seed = System.nanoTime();
        List<String> suites = new ArrayList<>();
        int hosts = 100;
        String memory = "256m";
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            if (!rest.hasNext()) {
                throw new IllegalArgumentException("a value is missing after " + option);
            }
            String value = rest.next();
            switch (option) {
                case "--hours" -> time = Duration.ofSeconds(Math.round(3600 * Double.parseDouble(value)));
                case "--seed" -> seed = Long.parseLong(value);
                case "--suite" -> suites.add(value);
                case "--hosts" -> hosts = Integer.parseInt(value);
                case "--memory" -> memory = value;
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        return new SoakOptions(time, seed, suites, hosts, memory);
    }

    /** Between two samples. */
    Duration interval() {
        Duration even = time.dividedBy(MIN_SAMPLES);
        return even.compareTo(LONGEST_INTERVAL) < 0 ? even : LONGEST_INTERVAL;
    }
}
