package io.github.sealwatcher.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuickstartOptionsTest {
    @Test
    void runsUntilStoppedUnlessADemo() {
        assertThat(parse().stays()).isTrue();
        assertThat(parse("--demo").stays()).isFalse();
        assertThat(parse("--demo", "--stay")).satisfies(options -> {
            assertThat(options.demo()).isTrue();
            assertThat(options.stays()).isTrue();
        });
        assertThat(parse("--private").alwaysPrivate()).isTrue();
    }

    @Test
    void demoEndsWithAReport() {
        assertThat(parse("--demo").report()).isEqualTo(Path.of("target/quickstart-report.html"));
        assertThat(parse("--demo", "--report", "/srv/r.html").report()).isEqualTo(Path.of("/srv/r.html"));
        assertThat(parse("--report", "r.html").report()).isEqualTo(Path.of("r.html"));
        assertThat(parse().report()).isNull();
        assertThatThrownBy(() -> parse("--report")).hasMessageContaining("--report needs a file");
    }

    @Test
    void rejectsUnknownOptions() {
        assertThatThrownBy(() -> parse("--dmeo")).hasMessageContaining("--dmeo");
    }

    @Test
    void looksForPodmanLikeItsClients() {
        assertThat(LocalPodman.defaultUri(Map.of("CONTAINER_HOST", "ssh://edge-1/p.sock"), "root"))
                .isEqualTo("ssh://edge-1/p.sock");
        assertThat(LocalPodman.defaultUri(Map.of("XDG_RUNTIME_DIR", "/run/user/1000"), "ann"))
                .isEqualTo("unix:///run/user/1000/podman/podman.sock");
        assertThat(LocalPodman.defaultUri(Map.of("XDG_RUNTIME_DIR", "/run/user/0"), "root"))
                .isEqualTo("unix:///run/podman/podman.sock");
    }

    private static QuickstartOptions parse(String... arguments) {
        return QuickstartOptions.parse(List.of(arguments));
    }
}
