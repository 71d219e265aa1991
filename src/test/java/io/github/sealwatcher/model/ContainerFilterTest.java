package io.github.sealwatcher.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.ContainerFilter.LabelRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Labels and infra containers; names are tested where their expressions are parsed. */
class ContainerFilterTest {

    private static final Container SHOP = container(Map.of("app", "shop", "tier", ""), false);
    private static final Container BARE = container(Map.of(), false);
    private static final Container INFRA = container(Map.of(), true);
    private static final Container UNKNOWN = Container.unknown(new ContainerId("c2"));

    @Test
    void oneIncludedLabelIsEnough() {
        ContainerFilter filter = filter(List.of(rule("app", "blog"), rule("app", "shop")), List.of(), true);
        assertThat(filter.accepts(SHOP)).isTrue();
        assertThat(filter.accepts(BARE)).isFalse();
    }

    @Test
    void oneExcludedLabelIsEnoughWhateverIsIncluded() {
        ContainerFilter filter = filter(List.of(rule("app", null)), List.of(rule("tier", null)), true);
        assertThat(filter.accepts(SHOP)).isFalse();
    }

    @Test
    void ruleWithoutValueMatchesTheKeyAndAnEmptyValueAnEmptyLabel() {
        assertThat(filter(List.of(rule("tier", null)), List.of(), true).accepts(SHOP))
                .isTrue();
        assertThat(filter(List.of(rule("tier", "")), List.of(), true).accepts(SHOP))
                .isTrue();
        assertThat(filter(List.of(rule("app", "")), List.of(), true).accepts(SHOP))
                .isFalse();
    }

    @Test
    void unknownValuesAreNeverExcluded() {
        assertThat(filter(List.of(rule("app", "shop")), List.of(), true).accepts(UNKNOWN))
                .isTrue();
        assertThat(filter(List.of(), List.of(), false).accepts(UNKNOWN)).isTrue();
    }

    @Test
    void infraContainersCanBeLeftOut() {
        assertThat(filter(List.of(), List.of(), true).accepts(INFRA)).isTrue();
        assertThat(filter(List.of(), List.of(), false).accepts(INFRA)).isFalse();
        assertThat(filter(List.of(), List.of(), false).accepts(BARE)).isTrue();
    }

    @Test
    void filtersThatAcceptTheSameHaveOneFingerprint() {
        assertThat(ContainerFilter.all().fingerprint()).isZero();
        assertThat(filter(List.of(rule("app", "shop")), List.of(), true).fingerprint())
                .isNotZero()
                .isEqualTo(filter(List.of(rule("app", "shop")), List.of(), true).fingerprint())
                .isNotEqualTo(
                        filter(List.of(), List.of(rule("app", "shop")), true).fingerprint())
                .isNotEqualTo(
                        filter(List.of(rule("app", null)), List.of(), true).fingerprint());
        assertThat(filter(List.of(), List.of(), false).fingerprint()).isNotZero();
    }

    private static ContainerFilter filter(List<LabelRule> include, List<LabelRule> exclude, boolean infra) {
        return new ContainerFilter((ContainerFilter.NameRule) null, null, include, exclude, infra);
    }

    private static LabelRule rule(String key, @Nullable String value) {
        return new LabelRule(key, value);
    }

    private static Container container(Map<String, String> labels, boolean infra) {
        return new Container(
                new ContainerId("c1"), "web", "image", null, labels, false, infra, Map.of(), DetailSource.INSPECT);
    }
}
