package io.github.sealwatcher.trail;

import io.github.sealwatcher.trail.cover.Coverage;
import io.github.sealwatcher.trail.event.HostEvent;
import io.github.sealwatcher.trail.topic.Kind;
import io.github.sealwatcher.trail.topic.TrailTopics;

/** Reads what there is of the hosts. */
final class Hosts {
    private Hosts() {}

    /** Nothing is covered where there is no host topic. */
    static Coverage coverage(TrailTopics topics) {
        Coverage coverage = new Coverage();
        topics.find(Kind.HOSTS)
                .ifPresent(topic -> topic.readOn(read -> {
                    if (read instanceof HostEvent event) {
                        coverage.add(event);
                    }
                }));
        topics.find(Kind.HEARTBEAT)
                .ifPresent(topic -> topic.readOn(read -> {
                    if (read instanceof HostEvent heartbeat) {
                        coverage.heartbeat(heartbeat);
                    }
                }));
        return coverage;
    }
}
