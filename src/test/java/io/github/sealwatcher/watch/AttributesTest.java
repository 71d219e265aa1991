package io.github.sealwatcher.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.EngineEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one event says of its container when there is nothing else to ask. */
class AttributesTest {

    private static final String POD = "0123456789ab" + "c".repeat(52);

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "137, 137"})
    void exitCodeIsReadAsItStands(String text, int exitCode) {
        assertThat(Attributes.exitCode(event(Map.of("containerExitCode", text))))
                .isEqualTo(exitCode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "", "x", "2147483648"})
    void exitCodeThatIsNoneIsUnknown(String text) {
        assertThat(Attributes.exitCode(event(Map.of("containerExitCode", text))))
                .isNull();
    }

    @Test
    void exitCodeThatIsMissingIsUnknown() {
        assertThat(Attributes.exitCode(event(Map.of()))).isNull();
    }

    @Test
    void containerNamedAfterItsPodIsItsInfraContainer() {
        assertThat(infra("0123456789ab-infra", POD)).isTrue();
        assertThat(infra("web", POD)).isFalse();
        assertThat(infra("ba9876543210-infra", POD)).isFalse();
    }

    @Test
    void deathOfAnInfraContainerNamesNoPod() {
        assertThat(infra("0123456789ab-infra", "")).isTrue();
    }

    @Test
    void withoutPodOrNameItIsUnknownWhetherItIsAnInfraContainer() {
        assertThat(infra("web", "")).isNull();
        assertThat(infra("", POD)).isNull();
        assertThat(infra("", "")).isNull();
        assertThat(infra("short-infra", "short")).isNull();
    }

    @Test
    void podIdOfTwelveDigitsIsLongEnough() {
        assertThat(infra("0123456789ab-infra", "0123456789ab")).isTrue();
    }

    private static Boolean infra(String name, String podId) {
        return Attributes.container(event(Map.of("name", name, "podId", podId))).infra();
    }

    private static EngineEvent event(Map<String, String> attributes) {
        return EngineEvent.of("container", "died", "a".repeat(64), attributes, 1);
    }
}
