package io.github.sealwatcher.connect.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.DetailSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is read of the details that an event carries. */
class EventDetailsTest {

    private static final Map<String, String> DETAILS = Map.of("signal", "9", "execID", "abc");

    @Test
    void signalThatIsALabelIsLeftOutAndNothingElseIs() {
        assertThat(EventAttributes.of(DETAILS, labelled("9"))).isEqualTo(Map.of("execID", "abc"));
        assertThat(EventAttributes.of(DETAILS, labelled("15"))).isEqualTo(DETAILS);
    }

    @Test
    void exitCodeThatIsNoNumberIsUnknown() {
        assertThat(EventAttributes.exitCode(Map.of("exit_code", "137"))).isEqualTo(137);
        assertThat(EventAttributes.exitCode(Map.of("exit_code", "none"))).isNull();
        assertThat(EventAttributes.exitCode(Map.of())).isNull();
    }

    private static Container labelled(String signal) {
        return new Container(
                new ContainerId("a".repeat(64)),
                "web",
                "i",
                "sha",
                Map.of("signal", signal),
                null,
                null,
                Map.of(),
                DetailSource.LIST);
    }
}
