package io.github.sealwatcher.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class DeliveryWatchTest {

    private final AtomicLong ticks = new AtomicLong();
    private final DeliveryWatch watch = new DeliveryWatch(ticks::get);

    @Test
    void unacknowledgedRecordsAreReportedOnceWithTheirTopics() {
        watch.given(records("podman.host.events", "podman.container.events"));
        pass(119);
        assertThat(watch.overdue()).isEmpty();
        pass(1);
        assertThat(watch.overdue())
                .contains("Kafka has acknowledged no record for 120 s; 2 wait, the last for the topics"
                        + " [podman.container.events, podman.host.events]. Check that the brokers are reachable"
                        + " and that these topics exist: create them, or let Connect (topic.creation.default.*)"
                        + " or the brokers (auto.create.topics.enable) do so. With"
                        + " producer.override.max.block.ms=10000 the producer names the topic that it waits"
                        + " for");
        pass(3600);
        assertThat(watch.overdue()).isEmpty();
    }

    @Test
    void nothingToDeliverIsNeverOverdue() {
        pass(3600);
        assertThat(watch.overdue()).isEmpty();
        watch.given(List.of());
        pass(3600);
        assertThat(watch.overdue()).isEmpty();
        watch.given(records("a"));
        watch.acknowledged();
        pass(3600);
        assertThat(watch.overdue()).isEmpty();
    }

    @Test
    void eachAcknowledgementRestartsTheTime() {
        watch.given(records("a", "b"));
        pass(119);
        watch.acknowledged();
        pass(119);
        assertThat(watch.overdue()).isEmpty();
        pass(1);
        assertThat(watch.overdue()).isPresent();
        watch.acknowledged();
        watch.given(records("a"));
        pass(120);
        assertThat(watch.overdue()).isPresent();
    }

    private static List<SourceRecord> records(String... topics) {
        return Arrays.stream(topics)
                .map(topic -> new SourceRecord(Map.of(), Map.of(), topic, null, null))
                .toList();
    }

    private void pass(long seconds) {
        ticks.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}
