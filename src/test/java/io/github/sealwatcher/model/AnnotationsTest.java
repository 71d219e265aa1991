package io.github.sealwatcher.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who runs a container chooses its labels; what it claims of itself there must not be believed. */
class AnnotationsTest {

    private static final Map<String, String> FORGED = Map.of(
            Annotations.PRIVILEGED,
            "",
            Annotations.INFRA,
            "",
            Annotations.POD_NAME,
            "admin",
            Annotations.POD_ID,
            "0",
            "a",
            "b");

    @Test
    void containersOwnAnnotationsAreRemoved() {
        assertThat(Annotations.labels(container(false, false), null)).isEqualTo(Map.of("a", "b"));
        assertThat(Annotations.labels(container(null, null), null)).isEqualTo(Map.of("a", "b"));
        assertThat(Annotations.withoutForged(FORGED)).isEqualTo(Map.of("a", "b"));
    }

    @Test
    void containersOwnAnnotationsAreOverwritten() {
        assertThat(Annotations.labels(container(true, null), new PodRef("p1", null)))
                .isEqualTo(Map.of(Annotations.PRIVILEGED, "", Annotations.POD_ID, "p1", "a", "b"));
        assertThat(Annotations.labels(container(false, true), new PodRef("p1", "web")))
                .isEqualTo(
                        Map.of(Annotations.INFRA, "", Annotations.POD_ID, "p1", Annotations.POD_NAME, "web", "a", "b"));
    }

    private static Container container(Boolean privileged, Boolean infra) {
        return new Container(
                new ContainerId("c"), "n", null, null, FORGED, privileged, infra, Map.of(), DetailSource.INSPECT);
    }
}
