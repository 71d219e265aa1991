package io.github.sealwatcher.it;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What came of the scenario on one platform.
 *
 * @param passed the number of steps that passed, up to the first that failed
 * @param failure of that one, or empty
 */
record PlatformRun(WorkerPlatform platform, String podman, int passed, int steps, long seconds, String failure) {

    static final List<String> COLUMNS = List.of("kafka", "java", "podman", "passed", "steps", "seconds", "date");

    boolean isPassed() {
        return passed == steps;
    }

    /** Its values in the order of the columns. */
    List<String> row() {
        return List.of(
                platform.kafka(),
                Integer.toString(platform.java()),
                podman,
                Integer.toString(passed),
                Integer.toString(steps),
                Long.toString(seconds),
                LocalDate.now(ZoneOffset.UTC).toString());
    }
}
