package io.github.sealwatcher.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Containers and the names by which they, their hosts and their pods are known. */
class ContainerTest {

    private static final ContainerId ID = new ContainerId("c1");

    @Test
    void fieldsMissingFromAListComeFromAnEarlierInspect() {
        Container inspected = new Container(
                ID, "old", "image", "sha", Map.of("a", "1"), true, false, Map.of("/x", "y"), DetailSource.INSPECT);
        Container listed =
                new Container(ID, "new", "image", null, Map.of("a", "2"), null, false, Map.of(), DetailSource.LIST);

        Container completed = listed.completedBy(inspected);

        assertThat(completed.name()).isEqualTo("new");
        assertThat(completed.labels()).containsExactly(Map.entry("a", "2"));
        assertThat(completed.imageId()).isEqualTo("sha");
        assertThat(completed.privileged()).isTrue();
        assertThat(completed.inspect()).containsEntry("/x", "y");
        assertThat(completed.detailSource()).isEqualTo(DetailSource.LIST);
    }

    @Test
    void unknownContainerIsCompletedFromEarlier() {
        Container inspected =
                new Container(ID, "old", null, null, Map.of("a", "1"), true, null, Map.of(), DetailSource.INSPECT);
        assertThat(Container.unknown(ID).isUnknown()).isTrue();
        assertThat(Container.unknown(ID).completedBy(inspected)).isEqualTo(inspected);
    }

    @Test
    void dockersProjectLabelGoesBeforePodmans() {
        Map<String, String> labels = new HashMap<>(Map.of("io.podman.compose.project", "podmans"));
        assertThat(labelled(labels).project()).isEqualTo("podmans");
        labels.put("com.docker.compose.project", "dockers");
        assertThat(labelled(labels).project()).isEqualTo("dockers");
        assertThat(labelled(Map.of()).project()).isNull();
    }

    @Test
    void labelsCannotBeChangedFromOutside() {
        Map<String, String> labels = new HashMap<>(Map.of("a", "1"));
        Container container = labelled(labels);
        labels.put("b", "2");
        assertThat(container.labels()).containsOnlyKeys("a").isUnmodifiable();
    }

    @Test
    void idsAreNeverEmpty() {
        assertThatThrownBy(() -> new ContainerId("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PodRef("", "pod")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "ä", "a\n"})
    void hostNameOfOtherCharactersIsRefusedAndShown(String name) {
        assertThatThrownBy(() -> new HostName(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("A-Z a-z 0-9 . _ -");
    }

    @Test
    void hostNameHas249CharactersAtMost() {
        assertThat(new HostName("a".repeat(249)).value()).hasSize(249);
        assertThatThrownBy(() -> new HostName("a".repeat(250))).isInstanceOf(IllegalArgumentException.class);
    }

    private static Container labelled(Map<String, String> labels) {
        return new Container(ID, "web", null, null, labels, null, null, Map.of(), DetailSource.LIST);
    }
}
