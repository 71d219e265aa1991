package io.github.sealwatcher.watch.checkpoint;

import static io.github.sealwatcher.watch.ExactHost.at;
import static io.github.sealwatcher.watch.ExactHost.ev;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which events count as read already. */
class DedupWindowTest {

    @Test
    void whatIsOlderThanTheLowWatermarkIsRefused() {
        DedupWindow window = DedupWindow.from(at(10));

        assertThat(window.refuses(ev("died", 1, 9.999))).isTrue();
        assertThat(window.refuses(ev("died", 1, 10))).isFalse();
        assertThat(window.withLowWatermark(at(5)).lowWatermarkNs()).isEqualTo(at(5));
        assertThat(window.withLowWatermark(at(15)).lowWatermarkNs()).isEqualTo(at(10));
    }

    @Test
    void whatWasPutInIsRecognizedInAnyOrder() {
        DedupWindow window = DedupWindow.from(at(0)).plus(ev("died", 1, 20)).plus(ev("died", 2, 15));

        assertThat(window.contains(ev("died", 1, 20))).isTrue();
        assertThat(window.contains(ev("died", 2, 15))).isTrue();
        assertThat(window.contains(ev("died", 3, 15))).isFalse();
        assertThat(window.contains(ev("died", 1, 21))).isFalse();
        assertThat(window.lastNs()).isEqualTo(at(15));
        assertThat(DedupWindow.from(0).lastNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void latestBeforeATimeIsTheOneBelowIt() {
        DedupWindow window = DedupWindow.from(at(0)).plus(ev("died", 1, 20)).plus(ev("died", 2, 15));

        assertThat(window.latestBeforeNs(at(20))).isEqualTo(at(15));
        assertThat(window.latestBeforeNs(at(20) + 1)).isEqualTo(at(20));
        assertThat(window.latestBeforeNs(at(15))).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void beyondItsSizeTheOldestGoesAndTheLowWatermarkRises() {
        DedupWindow window = DedupWindow.from(at(0));
        for (int i = 0; i < DedupWindow.MAX_EVENTS; i++) {
            window = window.plus(ev("died", 1, 100 + i));
        }
        assertThat(window.lowWatermarkNs()).isEqualTo(at(0));
        assertThat(window.contains(ev("died", 1, 100))).isTrue();

        window = window.plus(ev("died", 1, 50_000));

        assertThat(window.lowWatermarkNs()).isEqualTo(at(100) + 1);
        assertThat(window.contains(ev("died", 1, 100))).isFalse();
        assertThat(window.refuses(ev("died", 1, 100))).isTrue();
        assertThat(window.contains(ev("died", 1, 101))).isTrue();
    }

    @Test
    void readFromBeforeTheTrailItKnowsWhenThatBegan() {
        DedupWindow window = DedupWindow.from(at(10)).readFrom(at(0)).plus(ev("died", 1, 12));

        assertThat(window.refuses(ev("died", 1, 1))).isFalse();
        assertThat(window.beginNs()).isEqualTo(at(10));
        assertThat(DedupWindow.restored(window.storedKeys(at(2), 10)).beginNs()).isEqualTo(at(10));
        assertThat(DedupWindow.restored(window.storedKeys(at(11), 10)).beginNs())
                .isEqualTo(at(11));
        assertThat(window.withLowWatermark(at(-5)).beginNs()).isEqualTo(at(-5));
    }

    @Test
    void storedAndRestoredItRecognizesWhatIsStored() {
        DedupWindow window = DedupWindow.from(at(0)).plus(ev("died", 1, 20)).plus(ev("died", 2, 30));

        DedupWindow.StoredKeys stored = window.storedKeys(at(20), 10);
        DedupWindow restored = DedupWindow.restored(stored);

        assertThat(stored.lowWatermarkNs()).isEqualTo(at(20));
        assertThat(stored.untilNs()).isEqualTo(at(30));
        assertThat(stored.keys()).hasSize(2);
        assertThat(restored.contains(ev("died", 1, 20))).isTrue();
        assertThat(restored.contains(ev("died", 2, 30))).isTrue();
        assertThat(restored.contains(ev("died", 2, 31))).isFalse();
        assertThat(restored.refuses(ev("died", 1, 19))).isTrue();
    }

    @Test
    void whatIsOlderThanTheOverlapIsNotStored() {
        DedupWindow window = DedupWindow.from(at(0)).plus(ev("died", 1, 20)).plus(ev("died", 2, 30));

        assertThat(window.storedKeys(at(20) + 1, 10).keys()).hasSize(1);
        assertThat(window.storedKeys(at(-5), 10).lowWatermarkNs()).isEqualTo(at(0));
    }

    @Test
    void whereTooManyWouldBeStoredTheLowWatermarkRises() {
        DedupWindow window = DedupWindow.from(at(0))
                .plus(ev("died", 1, 20))
                .plus(ev("died", 2, 30))
                .plus(ev("died", 3, 40));

        DedupWindow.StoredKeys stored = window.storedKeys(at(0), 2);

        assertThat(stored.keys()).hasSize(2);
        assertThat(stored.lowWatermarkNs()).isEqualTo(at(20) + 1);
        assertThat(window.storedKeys(at(0), 3).lowWatermarkNs()).isEqualTo(at(0));
    }

    @Test
    void whatAnEarlierRunStoredIsStoredAgainAsLongAsThereIsRoom() {
        DedupWindow earlier = DedupWindow.restored(
                DedupWindow.from(at(0)).plus(ev("died", 1, 20)).storedKeys(at(0), 10));
        DedupWindow window = earlier.plus(ev("died", 2, 30));

        assertThat(window.storedKeys(at(0), 2).keys()).hasSize(2);
        assertThat(window.storedKeys(at(20), 2).keys()).hasSize(2);
        assertThat(window.storedKeys(at(20) + 1, 2).keys()).hasSize(1);
        DedupWindow.StoredKeys tight = window.storedKeys(at(0), 1);
        assertThat(tight.keys()).hasSize(1);
        assertThat(tight.lowWatermarkNs()).isEqualTo(at(20) + 1);
        assertThat(earlier.storedKeys(at(0), 10).untilNs()).isEqualTo(at(20));
    }
}
