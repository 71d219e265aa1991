package io.github.sealwatcher.quickstart;

import java.util.List;
import java.util.Set;

/**
 * What {@code bin/quickstart} was asked for; its {@code --help} explains.
 *
 * @param stays goes on after the demo until interrupted
 */
record QuickstartOptions(boolean demo, boolean stays, boolean alwaysPrivate) {
    private static final Set<String> KNOWN = Set.of("--demo", "--stay", "--private");

    static QuickstartOptions parse(List<String> arguments) {
        for (String argument : arguments) {
            if (!KNOWN.contains(argument)) {
                throw new IllegalArgumentException("Unknown option " + argument + "; see bin/quickstart --help");
            }
        }
        boolean demo = arguments.contains("--demo");
        return new QuickstartOptions(demo, !demo || arguments.contains("--stay"), arguments.contains("--private"));
    }
}
