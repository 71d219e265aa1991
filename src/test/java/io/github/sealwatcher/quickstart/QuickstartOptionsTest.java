package io.github.sealwatcher.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuickstartOptionsTest {
    @Test
    void staysUnlessItIsADemo() {
        assertThat(parse().stays()).isTrue();
        assertThat(parse("--demo").stays()).isFalse();
        assertThat(parse("--demo", "--stay")).isEqualTo(new QuickstartOptions(true, true, false));
        assertThat(parse("--private").alwaysPrivate()).isTrue();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> parse("--dmeo")).hasMessageContaining("--dmeo");
    }

    @Test
    void looksForPodmanWherePodmansClientsDo() {
        assertThat(MachinePodman.defaultUri(Map.of("CONTAINER_HOST", "ssh://edge-1/p.sock"), "root"))
                .isEqualTo("ssh://edge-1/p.sock");
        assertThat(MachinePodman.defaultUri(Map.of("XDG_RUNTIME_DIR", "/run/user/1000"), "ann"))
                .isEqualTo("unix:///run/user/1000/podman/podman.sock");
        assertThat(MachinePodman.defaultUri(Map.of("XDG_RUNTIME_DIR", "/run/user/0"), "root"))
                .isEqualTo("unix:///run/podman/podman.sock");
    }

    private static QuickstartOptions parse(String... arguments) {
        return QuickstartOptions.parse(List.of(arguments));
    }
}
