package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.Events;
import io.github.sealwatcher.model.Change;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.HostChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a watcher tells, as short texts such as {@code started web} and {@code host synchronized}. */
final class ChangeTexts {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private ChangeTexts() {}

    /** All up to and with {@code last}. */
    static List<String> until(Events events, String last) throws InterruptedException {
        List<String> reported = new ArrayList<>();
        while (reported.isEmpty() || !reported.get(reported.size() - 1).equals(last)) {
            Change change = events.poll(LIMIT);
            assertThat(change)
                    .as("what follows %s, up to \"%s\"", reported, last)
                    .isNotNull();
            reported.add(text(change));
        }
        return reported;
    }

    /** The next change of that kind; those before are skipped. */
    static ContainerChange next(Events events, String text) throws InterruptedException {
        while (true) {
            Change change = events.poll(LIMIT);
            assertThat(change).as("\"%s\"", text).isNotNull();
            if (change instanceof ContainerChange found && text(change).equals(text)) {
                return found;
            }
        }
    }

    static String text(Change change) {
        if (change instanceof ContainerChange container) {
            String action = container.kind() == ContainerChange.Kind.OTHER
                    ? container.occurrence().rawAction()
                    : container.kind().name().toLowerCase(Locale.ROOT);
            return action + " " + container.container().name();
        }
        return "host " + ((HostChange) change).type().name().toLowerCase(Locale.ROOT);
    }
}
