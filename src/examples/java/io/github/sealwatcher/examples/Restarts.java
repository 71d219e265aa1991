package io.github.sealwatcher.examples;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Lets through the starts of containers that had ended before: a container keeps its id when it is started again. Remembers
 * what ended for a day.
 */
final class Restarts extends ContextualFixedKeyProcessor<JsonNode, JsonNode, JsonNode> {
    static final String STORE = "ended";

    private static final Duration MEMORY = Duration.ofDays(1);

    private KeyValueStore<JsonNode, Long> ended;

    /** The store that it needs. */
    static StoreBuilder<KeyValueStore<JsonNode, Long>> store() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), new JsonSerde(), Serdes.Long());
    }

    @Override
    public void init(FixedKeyProcessorContext<JsonNode, JsonNode> context) {
        super.init(context);
        ended = context.getStateStore(STORE);
        context.schedule(Duration.ofHours(1), PunctuationType.STREAM_TIME, this::forget);
    }

    @Override
    public void process(FixedKeyRecord<JsonNode, JsonNode> event) {
        String type = event.value().path("type").asText();
        if (type.equals("die")) {
            ended.put(event.key(), event.timestamp());
        } else if (type.equals("start") && ended.delete(event.key()) != null) {
            context().forward(event);
        }
    }

    private void forget(long nowMs) {
        try (KeyValueIterator<JsonNode, Long> all = ended.all()) {
            while (all.hasNext()) {
                KeyValue<JsonNode, Long> entry = all.next();
                if (entry.value < nowMs - MEMORY.toMillis()) {
                    ended.delete(entry.key);
                }
            }
        }
    }
}
