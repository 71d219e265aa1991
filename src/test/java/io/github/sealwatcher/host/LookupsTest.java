package io.github.sealwatcher.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class LookupsTest {

    private final Queue<Runnable> started = new ArrayDeque<>();
    private final List<String> performed = new ArrayList<>();
    private final Lookups lookups = new Lookups(4, (lookUp, isAwaited) -> started.add(lookUp));

    @Test
    void onePlaceIsReservedForAwaitedLookups() {
        background("a", "b", "c", "d", "e");
        assertThat(started).hasSize(3);

        awaited("event");
        assertThat(started).hasSize(4);
        awaited("event 2");
        assertThat(started).hasSize(4);

        end();
        assertThat(started).as("the second event before the background").hasSize(4);
        endAll();
        assertThat(performed).containsExactly("a", "b", "c", "event", "event 2", "d", "e");
    }

    @Test
    void awaitedLookupsMayTakeAllPlaces() {
        awaited("1", "2", "3", "4", "5");
        background("a");
        assertThat(started).hasSize(4);

        endAll();
        assertThat(performed).containsExactly("1", "2", "3", "4", "5", "a");
    }

    @Test
    void backgroundLookupsContinueAlone() {
        awaited("1");
        background("a", "b", "c", "d", "e", "f", "g");
        endAll();
        assertThat(performed).hasSize(8).endsWith("f", "g");
    }

    @Test
    void withOnePlaceAnEventWaitsForOneLookup() {
        Lookups single = new Lookups(1, (lookUp, isAwaited) -> started.add(lookUp));
        single.add("a", false, () -> performed.add("a"));
        single.add("b", false, () -> performed.add("b"));
        single.add("event", true, () -> performed.add("event"));
        assertThat(started).hasSize(1);
        endAll();
        assertThat(performed).containsExactly("a", "event", "b");
    }

    @Test
    void reportsWhetherTheLookupIsAwaited() {
        List<Boolean> kinds = new ArrayList<>();
        Lookups telling = new Lookups(4, (lookUp, isAwaited) -> kinds.add(isAwaited));
        telling.add("a", false, () -> {});
        telling.add("b", true, () -> {});
        assertThat(kinds).containsExactly(false, true);
    }

    @Test
    void failedLookupFreesItsPlace() {
        for (int i = 0; i < 4; i++) {
            lookups.add(i, true, () -> {
                throw new IllegalStateException("on purpose");
            });
        }
        awaited("after");
        for (int i = 0; i < 4; i++) {
            try {
                end();
            } catch (IllegalStateException onPurpose) {
                assertThat(onPurpose).hasMessage("on purpose");
            }
        }
        endAll();
        assertThat(performed).containsExactly("after");
    }

    @Test
    void sameTargetIsNotLookedUpConcurrently() {
        background("web");
        awaited("web", "db", "web");
        assertThat(started).as("web in the background, db").hasSize(2);
        endAll();
        assertThat(performed).containsExactly("web", "db", "web", "web");
    }

    @Test
    void closedItStartsNothing() {
        background("a", "b", "c", "d");
        awaited("event", "event 2");
        lookups.close();
        awaited("late");
        endAll();
        assertThat(performed).containsExactly("a", "b", "c", "event");
    }

    private void background(String... names) {
        for (String name : names) {
            lookups.add(name, false, () -> performed.add(name));
        }
    }

    private void awaited(String... names) {
        for (String name : names) {
            lookups.add(name, true, () -> performed.add(name));
        }
    }

    private void end() {
        started.remove().run();
    }

    private void endAll() {
        while (!started.isEmpty()) {
            end();
        }
    }
}
