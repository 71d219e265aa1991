package io.github.sealwatcher.trail.topic;

import io.github.sealwatcher.trail.event.TrailRecord;
import io.github.sealwatcher.trail.rule.Beginnings;
import io.github.sealwatcher.trail.rule.Beginnings.Beginning;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** One topic, read from where it begins, or from a time on, to where it ends; and on, if more has come. */
public final class TopicReading implements AutoCloseable {
    private static final Duration WAIT = Duration.ofMillis(200);

    private final Kind kind;
    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final RecordDecoder decoder;
    private final Progress progress;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> begins;
    private final Beginnings beginnings = new Beginnings();
    private final Set<Integer> begun = new HashSet<>();

    TopicReading(
            Kind kind,
            String topic,
            KafkaConsumer<byte[], byte[]> consumer,
            Collection<TopicPartition> partitions,
            RecordDecoder decoder,
            Progress progress) {
        this.kind = kind;
        this.topic = topic;
        this.consumer = consumer;
        this.decoder = decoder;
        this.progress = progress;
        this.partitions = List.copyOf(partitions);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        begins = consumer.beginningOffsets(partitions);
    }

    /** Skips what has older time stamps, by the brokers' time index; nothing of that time or later is skipped. */
    public void seek(long fromNs) {
        long fromMs = TimeUnit.NANOSECONDS.toMillis(fromNs);
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> fromMs)));
        found.forEach((partition, offset) -> {
            if (offset == null) {
                consumer.seekToEnd(List.of(partition));
            } else {
                consumer.seek(partition, offset.offset());
            }
        });
    }

    /**
     * Reads to the end as it is now.
     *
     * @return how many records there were
     */
    public long readOn(Consumer<TrailRecord> sink) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long all = ends.values().stream().mapToLong(Long::longValue).sum() - firstOffsets();
        long count = 0;
        while (!isRead(ends)) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
                begin(record);
                TrailRecord decoded = decoder.decode(kind, record);
                if (decoded != null) {
                    sink.accept(decoded);
                }
                count++;
            }
            long position = partitions.stream().mapToLong(consumer::position).sum();
            progress.at(topic, position - firstOffsets(), all);
        }
        return count;
    }

    /** Where the partitions begin, each known before its first record is given away. */
    public Beginnings beginnings() {
        return beginnings;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void begin(ConsumerRecord<byte[], byte[]> first) {
        if (begun.add(first.partition())) {
            long offset = begins.getOrDefault(new TopicPartition(topic, first.partition()), 0L);
            beginnings.add(new Beginning(first.partition(), offset, TimeUnit.MILLISECONDS.toNanos(first.timestamp())));
        }
    }

    private long firstOffsets() {
        return begins.values().stream().mapToLong(Long::longValue).sum();
    }

    private boolean isRead(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
