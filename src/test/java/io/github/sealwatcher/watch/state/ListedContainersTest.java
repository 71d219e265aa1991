package io.github.sealwatcher.watch.state;

import static io.github.sealwatcher.watch.ExactHost.S;
import static io.github.sealwatcher.watch.ExactHost.alive;
import static io.github.sealwatcher.watch.ExactHost.at;
import static io.github.sealwatcher.watch.ExactHost.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.DetailSource;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.ExactHost;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is kept of lists: what only an inspect showed, and since when a container is being stopped. */
class ListedContainersTest {

    private static final ObservedContainer STOPPING = stopping(null);

    @Test
    void listKeepsWhatOnlyAnInspectShowed() {
        ObservedContainer row = new ObservedContainer(
                new Container(id(1), "new", "i", "sha", Map.of(), null, false, Map.of(), DetailSource.LIST),
                null,
                alive(1, 10, 7).state());
        ListedContainers known = ListedContainers.NONE.plus(alive(1, 10, 7)).listed(list(row), 0);

        assertThat(known.container(id(1)).privileged()).isFalse();
        assertThat(known.container(id(1)).name()).isEqualTo("new");
        assertThat(known.listedAtNs()).isEqualTo(at(50));
        assertThat(known.listed(list(), 0).observed()).isEmpty();
    }

    @Test
    void containerIsStuckAfterItsTimeToStopAndPodmansMargin() {
        ListedContainers known = ListedContainers.NONE.listed(list(STOPPING), 100 * S);

        assertThat(known.isStuck(id(1), 120 * S)).isFalse();
        assertThat(known.isStuck(id(1), 120 * S + 1)).isTrue();
        assertThat(known.isStuck(id(2), Long.MAX_VALUE)).isFalse();
        assertThat(known.stuckAtTicks(100 * S)).isEqualTo(120 * S + 1);
        assertThat(known.stuckAtTicks(120 * S + 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(ListedContainers.NONE.stuckAtTicks(0)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void nextListsDoNotBeginItsTimeAnew() {
        ListedContainers known =
                ListedContainers.NONE.listed(list(STOPPING), 100 * S).listed(list(STOPPING), 115 * S);

        assertThat(known.isStuck(id(1), 121 * S)).isTrue();
        assertThat(known.listed(list(alive(1, 10, 7)), 116 * S).isStuck(id(1), 121 * S))
                .as("it goes on")
                .isFalse();
    }

    @Test
    void itsOwnTimeToStopIsKnownFromAnInspect() {
        ListedContainers known =
                ListedContainers.NONE.listed(list(STOPPING), 100 * S).plus(stopping(60 * S));

        assertThat(known.isStuck(id(1), 170 * S)).isFalse();
        assertThat(known.isStuck(id(1), 170 * S + 1)).isTrue();
    }

    @Test
    void firstAndAgreedListsAreRemembered() {
        ListedContainers known = ListedContainers.NONE.listed(list(), 0);

        assertThat(known.agreedNs()).isEqualTo(Long.MIN_VALUE);
        assertThat(known.withAgreement().agreedNs()).isEqualTo(at(50));
        assertThat(known.sighted().sightNs()).isEqualTo(at(50));
        assertThat(known.withAgreement().sighted().setBack().listedAtNs()).isEqualTo(Long.MIN_VALUE);
    }

    private static ContainerList list(ObservedContainer... rows) {
        return new ContainerList(at(50), List.of(rows));
    }

    private static ObservedContainer stopping(Long timeoutNs) {
        return new ObservedContainer(
                ExactHost.described(1),
                null,
                new RunState.Live(Life.exact(at(10), 7), Status.RUNNING, new RunState.Stopping(timeoutNs)));
    }
}
