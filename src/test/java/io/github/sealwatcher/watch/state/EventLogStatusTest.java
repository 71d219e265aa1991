package io.github.sealwatcher.watch.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.watch.checkpoint.EventRef;
import org.junit.jupiter.api.Test;

/** After which failures the event log counts as unreadable, and for how long. */
class EventLogStatusTest {

    private static final EventRef PLACE = new EventRef(1, 10);
    private static final long MINUTE = 60_000_000_000L;

    @Test
    void fourErrorsOfTheEngineAtOnePlaceMakeItUnreadable() {
        EventLogStatus status = failed(EventLogStatus.READABLE, 3, PLACE, true);

        assertThat(status.isReadable()).isFalse();
        assertThat(status.isBlind()).isFalse();
        assertThat(status.failed(PLACE, true, 0).isBlind()).isTrue();
    }

    @Test
    void cutsOfTheConnectionCountForHalf() {
        EventLogStatus status = failed(EventLogStatus.READABLE, 7, PLACE, false);

        assertThat(status.isBlind()).isFalse();
        assertThat(status.failed(PLACE, false, 0).isBlind()).isTrue();
    }

    @Test
    void failuresAtOtherPlacesBeginAnew() {
        EventLogStatus status = failed(EventLogStatus.READABLE, 7, PLACE, false);

        assertThat(status.failed(new EventRef(2, 11), false, 0).failures()).isEqualTo(1);
        assertThat(status.failed(null, false, 0).failures()).isEqualTo(1);
        assertThat(failed(EventLogStatus.READABLE, 8, null, false).isBlind()).isTrue();
        assertThat(failed(EventLogStatus.READABLE, 7, null, false)
                        .failed(PLACE, false, 0)
                        .failures())
                .isEqualTo(1);
    }

    @Test
    void unreadableLogIsTriedOnceMoreAfterTenMinutes() {
        EventLogStatus blind = failed(EventLogStatus.READABLE, 4, PLACE, true);

        assertThat(blind.at(10 * MINUTE - 1)).isSameAs(blind);
        EventLogStatus again = blind.at(10 * MINUTE);
        assertThat(again.isBlind()).isFalse();
        assertThat(again.isReadable()).isFalse();
        assertThat(again.failed(PLACE, false, 0).isBlind())
                .as("one more failure is enough")
                .isTrue();
    }

    @Test
    void whereTheEngineEndsATryByItselfTryingDoesNoHarm() {
        assertThat(EventLogStatus.READABLE.isTried()).isTrue();
        assertThat(failed(EventLogStatus.READABLE, 4, PLACE, true).isTried()).isTrue();
        assertThat(failed(EventLogStatus.READABLE, 8, PLACE, false).isTried()).isFalse();
    }

    @Test
    void logThatIsNotKeptIsNeverTriedAgainByTime() {
        EventLogStatus none = EventLogStatus.noEventLog();

        assertThat(none.isBlind()).isTrue();
        assertThat(none.at(Long.MAX_VALUE - 1)).isSameAs(none);
        assertThat(none.reason()).startsWith("Podman keeps no event log");
        assertThat(failed(EventLogStatus.READABLE, 4, PLACE, true).reason())
                .startsWith("Podman's event log cannot be read");
    }

    private static EventLogStatus failed(EventLogStatus status, int times, EventRef at, boolean byEngine) {
        EventLogStatus now = status;
        for (int i = 0; i < times; i++) {
            now = now.failed(at, byEngine, 0);
        }
        return now;
    }
}
