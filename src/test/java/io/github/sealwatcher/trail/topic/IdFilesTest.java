package io.github.sealwatcher.trail.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.trail.TrailEvents;
import io.github.sealwatcher.trail.event.ContainerEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdFilesTest {

    @Test
    void findsEachRepetitionAmongMany() {
        TrailEvents make = new TrailEvents();
        List<String> found = new ArrayList<>();
        try (IdFiles ids = new IdFiles()) {
            ContainerEvent first = null;
            for (int i = 0; i < 80_000; i++) {
                ContainerEvent event = make.live("start", "id" + i, i, i);
                first = i == 7 ? event : first;
                ids.add(event);
            }
            ids.add(first);
            ids.add(first);
            ids.eachTwice((id, one, other) -> found.add(id + " " + one));
            assertThat(found).hasSize(2).containsOnly(first.eventId() + " " + first.place());
        }
    }

    @Test
    void acceptsForeignIds() {
        TrailEvents make = new TrailEvents();
        ContainerEvent event = make.live("start", "a", 1, 1);
        ContainerEvent odd = new ContainerEvent(
                event.place(),
                event.recordKey(),
                event.key(),
                event.headers(),
                "by hand",
                event.type(),
                event.rawAction(),
                event.timeNs(),
                event.originWord(),
                null,
                event.container(),
                null,
                null);
        List<String> found = new ArrayList<>();
        try (IdFiles ids = new IdFiles()) {
            ids.add(odd);
            ids.add(event);
            ids.add(odd);
            ids.eachTwice((id, one, other) -> found.add(one.toString()));
        }
        assertThat(found).containsExactly(odd.place().toString());
    }
}
