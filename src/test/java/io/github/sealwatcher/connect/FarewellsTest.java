package io.github.sealwatcher.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.HostName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.api.Test;

class FarewellsTest {

    private static final Removal REMOVAL = new Removal(new HostName("edge-1"), Samples.NOW_NS);

    @Test
    void saysOnceThatAHostLeftAndKeepsItsOffset() {
        Map<String, Object> stored = Offsets.encode(Samples.checkpoint(Samples.NOW_NS), 0);

        List<SourceRecord> records = records(stored, Map.of());

        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("podman.host.events");
            assertThat(((Struct) record.value()).getString("type")).isEqualTo("disconnected");
            assertThat(((Struct) record.value()).getInt64("time_ns")).isEqualTo(Samples.NOW_NS);
            assertThat(((Struct) record.value()).getString("reason")).contains("no longer in the inventory");
        });
        Map<String, Object> after = new HashMap<>(records.get(0).sourceOffset());
        assertThat(records(after, Map.of())).as("said a second time").isEmpty();
        assertThat(Offsets.decode(after).positionNs()).isEqualTo(Samples.NOW_NS);
        assertThat(after.remove("removed_ns")).isEqualTo(Samples.NOW_NS);
        assertThat(after).isEqualTo(stored);
    }

    @Test
    void saysNothingOfAHostThatNothingWasToldOfOrWithoutHostEvents() {
        assertThat(records(null, Map.of())).isEmpty();
        assertThat(records(Map.of("time_ns", 5L), Map.of("host.topic.enabled", "false")))
                .isEmpty();
    }

    @Test
    void travelsInTheTasksPropertiesAndLeavesNoTrace() {
        Map<String, String> properties = new HashMap<>(Map.of("topic.prefix", "x"));
        Removal other = new Removal(new HostName("a.b_c-d"), 1);

        Removal.put(properties, List.of(REMOVAL, other));

        assertThat(Removal.take(properties)).containsExactlyInAnyOrder(REMOVAL, other);
        assertThat(properties).isEqualTo(Map.of("topic.prefix", "x"));
        assertThat(Removal.take(properties)).isEmpty();
    }

    private static List<SourceRecord> records(Map<String, Object> stored, Map<String, String> properties) {
        var mapper = new RecordMapper(Samples.config(properties).topics(), new RecordTimes(System::currentTimeMillis));
        var reader = new OffsetStorageReader() {
            @Override
            public <T> Map<String, Object> offset(Map<String, T> partition) {
                return stored;
            }

            @Override
            public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
                throw new UnsupportedOperationException();
            }
        };
        return new Farewells(mapper, reader).records(List.of(REMOVAL));
    }
}
