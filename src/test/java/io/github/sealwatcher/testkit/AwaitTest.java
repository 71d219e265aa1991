package io.github.sealwatcher.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {
    @Test
    void looksAgainUntilTheConditionHolds() {
        AtomicInteger looks = new AtomicInteger();

        Await.until("three looks", Duration.ofMinutes(1), () -> looks.incrementAndGet() == 3);

        assertThat(looks).hasValue(3);
    }

    @Test
    void looksOnceEvenWithoutTime() {
        assertThat(Await.within(Duration.ZERO, () -> true)).isTrue();
        assertThat(Await.within(Duration.ZERO, () -> false)).isFalse();
    }

    @Test
    void failureNamesTheCondition() {
        assertThatThrownBy(() -> Await.until("the moon", Duration.ZERO, () -> false))
                .hasMessageContaining("the moon");
    }
}
