package io.github.sealwatcher.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FleetOptionsTest {

    @Test
    void hostileHostIsAnExtraHost() {
        FleetOptions options = FleetOptions.parse(List.of("--hosts", "49", "--hostile", "--memory", "256m"));
        assertThat(options.hostile()).isTrue();
        assertThat(options.hosts()).isEqualTo(49);
        assertThat(FleetOptions.parse(List.of()).hostile()).isFalse();
    }

    @Test
    void atLeastOneHostIsHealthy() {
        assertThatThrownBy(() -> FleetOptions.parse(List.of("--hosts", "3", "--hung", "2", "--refusing", "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no host would be well");
    }
}
