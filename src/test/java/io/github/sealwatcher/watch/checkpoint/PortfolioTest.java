package io.github.sealwatcher.watch.checkpoint;

import static io.github.sealwatcher.watch.ExactHost.aliveExactly;
import static io.github.sealwatcher.watch.ExactHost.at;
import static io.github.sealwatcher.watch.ExactHost.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.DetailSource;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.PodRef;
import io.github.sealwatcher.model.Status;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortfolioTest {

    private static final PodRef CREW = new PodRef("crew-id", "crew");

    @Test
    void forgetsTheNamesOfPodsWithoutMembers() {
        Portfolio portfolio = Portfolio.empty()
                .named(new PodRef("empty", "gone"))
                .associated(new ContainerId("c1"), new PodRef("used", "kept"));

        assertThat(portfolio.forgettingPods().podNames()).containsOnlyKeys("used");
        assertThat(portfolio.forgettingPods().podOf(new ContainerId("c1"))).isEqualTo(new PodRef("used", "kept"));
    }

    @Test
    void projectsAreThoseOfAliveContainersInOrder() {
        Portfolio portfolio = Portfolio.empty()
                .plus(alive(1, Map.of("com.docker.compose.project", "shop")))
                .plus(alive(2, Map.of("io.podman.compose.project", "blog")))
                .plus(alive(3, Map.of()));

        assertThat(portfolio.projects()).containsExactly("blog", "shop");
        assertThat(portfolio.containersOf("shop")).extracting(LiveContainer::id).containsExactly(id(1));
        assertThat(portfolio.containersOf("")).extracting(LiveContainer::id).containsExactly(id(3));
        assertThat(portfolio.total()).isEqualTo(3);
    }

    @Test
    void containerIsFoundByItsIdAndElseByItsName() {
        Portfolio portfolio = Portfolio.empty().plus(alive(1, Map.of())).plus(alive(2, Map.of()));

        assertThat(portfolio.find(id(2).value()).id()).isEqualTo(id(2));
        assertThat(portfolio.find("c1").id()).isEqualTo(id(1));
        assertThat(portfolio.find("c3")).isNull();
        assertThat(portfolio.find("")).isNull();
    }

    @Test
    void hiddenContainerIsKnownAndNotVisible() {
        Portfolio portfolio = Portfolio.empty()
                .plus(alive(1, Map.of()))
                .plus(alive(2, Map.of()))
                .associated(id(2), CREW)
                .hiding(id(2), true);

        assertThat(portfolio.isHidden(id(2))).isTrue();
        assertThat(portfolio.total()).isEqualTo(2);
        assertThat(portfolio.visible().alive()).containsOnlyKeys(id(1));
        assertThat(portfolio.visible().members()).isEmpty();
        assertThat(portfolio.hiding(id(2), true)).isSameAs(portfolio);
        assertThat(portfolio.hiding(id(2), false).visible().total()).isEqualTo(2);
    }

    @Test
    void hiddenContainerIsHiddenUntilNothingIsKnownOfIt() {
        Portfolio portfolio = Portfolio.empty()
                .plus(alive(1, Map.of()))
                .associated(id(1), CREW)
                .hiding(id(1), true);

        Portfolio member = portfolio.minus(id(1));
        assertThat(member.isHidden(id(1))).as("it is in its pod").isTrue();
        assertThat(member.associated(id(1), null).isHidden(id(1))).isFalse();
        assertThat(portfolio.associated(id(1), null).isHidden(id(1)))
                .as("it is alive")
                .isTrue();
        assertThat(portfolio.associated(id(1), null).minus(id(1)).isHidden(id(1)))
                .isFalse();
    }

    @Test
    void aliveMemberChangesWithItsPod() {
        Portfolio portfolio = Portfolio.empty().plus(alive(1, Map.of())).associated(id(1), CREW);
        assertThat(portfolio.alive(id(1)).pod()).isEqualTo(CREW);

        Portfolio moved = portfolio.associated(id(1), new PodRef("other", null));
        assertThat(moved.alive(id(1)).pod()).isEqualTo(new PodRef("other", null));
        assertThat(moved.associated(id(1), null).alive(id(1)).pod()).isNull();
        assertThat(moved.associated(id(1), null).podOf(id(1))).isNull();
    }

    @Test
    void whatIsShownDescribesTheLifeThatItIsOf() {
        Portfolio portfolio = Portfolio.empty()
                .plus(new LiveContainer(container(1, Map.of()), Life.fromEvent(at(10)), Status.RUNNING, at(10), null));

        LiveContainer better = portfolio.describedBy(aliveExactly(1, 9.9, 7)).alive(id(1));
        assertThat(better.life().pid()).isEqualTo(7);
        assertThat(better.life().startedAtNs()).isEqualTo(at(9.9));
        assertThat(better.container().detailSource()).isEqualTo(DetailSource.INSPECT);

        assertThat(portfolio.describedBy(aliveExactly(1, 30, 8)).alive(id(1)).life())
                .as("the next life")
                .isEqualTo(Life.fromEvent(at(10)));
        assertThat(portfolio.describedBy(aliveExactly(2, 30, 8)).total()).isEqualTo(1);
    }

    @Test
    void nameOfThePodThatIsShownIsTakenOver() {
        ObservedContainer shown = new ObservedContainer(
                container(1, Map.of()), CREW, aliveExactly(1, 10, 7).state());
        Portfolio portfolio = Portfolio.empty().plus(alive(1, Map.of())).associated(id(1), new PodRef("crew-id", null));

        assertThat(portfolio.describedBy(shown).alive(id(1)).pod()).isEqualTo(CREW);
        assertThat(Portfolio.empty().describedBy(shown).podNames()).containsExactly(Map.entry("crew-id", "crew"));
    }

    @Test
    void afterARebootNoEarlierLifeAwaitsItsStartEvent() {
        Portfolio portfolio =
                Portfolio.empty().plus(listed(1, 10)).plus(listed(2, 20)).plus(listed(3, 10));

        Portfolio continued = portfolio.continued(at(20), Set.of(id(3)));

        assertThat(continued.alive(id(1)).life().announced()).isTrue();
        assertThat(continued.alive(id(2)).life().announced()).isFalse();
        assertThat(continued.alive(id(3)).life().announced()).isFalse();
    }

    private static LiveContainer listed(int number, double since) {
        return new LiveContainer(
                container(number, Map.of()), Life.exact(at(since), 7), Status.RUNNING, at(since), null);
    }

    private static LiveContainer alive(int number, Map<String, String> labels) {
        return new LiveContainer(container(number, labels), Life.exact(at(10), 7), Status.RUNNING, at(10), null);
    }

    private static Container container(int number, Map<String, String> labels) {
        return new Container(id(number), "c" + number, "i", "sha", labels, null, false, Map.of(), DetailSource.LIST);
    }
}
