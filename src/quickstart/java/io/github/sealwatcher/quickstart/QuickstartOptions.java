package io.github.sealwatcher.quickstart;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bin/quickstart} was asked for; its {@code --help} explains.
 *
 * @param stays goes on after the demo until interrupted
 * @param report where the trail goes as a page at the end; null: nowhere
 */
record QuickstartOptions(
        boolean demo,
        boolean stays,
        boolean alwaysPrivate,
        @Nullable Path report) {
    private static final Path REPORT_OF_THE_DEMO = Path.of("target", "quickstart-report.html");

    static QuickstartOptions parse(List<String> arguments) {
        boolean demo = false;
        boolean stays = false;
        boolean alwaysPrivate = false;
        Path report = null;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--demo" -> demo = true;
                case "--stay" -> stays = true;
                case "--private" -> alwaysPrivate = true;
                case "--report" -> report = file(rest);
                default ->
                    throw new IllegalArgumentException("Unknown option " + argument + "; see bin/quickstart --help");
            }
        }
        if (demo && report == null) {
            report = REPORT_OF_THE_DEMO;
        }
        return new QuickstartOptions(demo, !demo || stays, alwaysPrivate, report);
    }

    private static Path file(Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException("--report needs a file; see bin/quickstart --help");
        }
        return Path.of(rest.next());
    }
}
