package io.github.sealwatcher.trail.event;

/** Where a record is: enough to find it again with any consumer. */
public record Place(String topic, int partition, long offset) {
    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
