package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.ContainerFilter;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One of our processes, and how it was configured.
 *
 * @param beginTicks when it began
 * @param filter which containers it tells of
 * @param snapshot its snapshot mode
 * @param include whether it tells of further actions
 */
record Process(long beginTicks, long filter, long snapshot, boolean include) {

    private static final Pattern EVEN = Pattern.compile("^c[0-9]*[02468](n|$)");
    private static final Pattern ODD_NAME = Pattern.compile("n[0-9]*[13579]$");

    static ContainerFilter filter(long number) {
        return new ContainerFilter(
                number == 1 ? EVEN : null, number == 2 ? ODD_NAME : null, List.of(), List.of(), true);
    }

    boolean accepts(String name) {
        return switch ((int) filter) {
            case 1 -> EVEN.matcher(name).find();
            case 2 -> !ODD_NAME.matcher(name).find();
            default -> true;
        };
    }

    boolean isAlways() {
        return snapshot == 1;
    }

    boolean isNoData() {
        return snapshot == 2;
    }
}
