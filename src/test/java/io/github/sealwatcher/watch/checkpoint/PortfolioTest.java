package io.github.sealwatcher.watch.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.PodRef;
import org.junit.jupiter.api.Test;

class PortfolioTest {

    @Test
    void forgetsTheNamesOfPodsWithoutMembers() {
        Portfolio portfolio = Portfolio.empty()
                .named(new PodRef("empty", "gone"))
                .associated(new ContainerId("c1"), new PodRef("used", "kept"));

        assertThat(portfolio.forgettingPods().podNames()).containsOnlyKeys("used");
        assertThat(portfolio.forgettingPods().podOf(new ContainerId("c1"))).isEqualTo(new PodRef("used", "kept"));
    }
}
