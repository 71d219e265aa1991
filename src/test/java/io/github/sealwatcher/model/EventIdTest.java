package io.github.sealwatcher.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an id depends on; its very bytes are pinned by the golden files. */
class EventIdTest {

    private static final EventId ID = EventId.of("container", "died", "abc", 17);

    @Test
    void sameEventHasTheSameId() {
        assertThat(EventId.of("container", "died", "abc", 17)).isEqualTo(ID).hasToString(ID.toString());
    }

    @Test
    void eachPartDistinguishesEvents() {
        Stream<EventId> others = Stream.of(
                EventId.of("pod", "died", "abc", 17),
                EventId.of("container", "start", "abc", 17),
                EventId.of("container", "died", "abd", 17),
                EventId.of("container", "died", "abc", 18));
        assertThat(others).doesNotContain(ID).doesNotHaveDuplicates();
    }

    @Test
    void partBoundariesMatter() {
        assertThat(EventId.of("container", "die", "dabc", 17)).isNotEqualTo(ID);
        assertThat(EventId.derived("a", "bc")).isNotEqualTo(EventId.derived("ab", "c"));
        assertThat(EventId.derived("a", "")).isNotEqualTo(EventId.derived("a"));
    }

    @Test
    void isWrittenAs32HexadecimalDigitsWithLeadingZeros() {
        assertThat(ID.toString()).matches("[0-9a-f]{32}");
        assertThat(new EventId(1, 2)).hasToString("0000000000000001" + "0000000000000002");
    }

    @Test
    void eventAndAnInferenceOfTheSamePartsDiffer() {
        assertThat(List.of(EventId.derived("container", "died", "abc", 17))).doesNotContain(ID);
    }
}
