package io.github.sealwatcher.trail.topic;

/** Which of the connector's topics. */
public enum Kind {
    EVENTS,
    STATE,
    HOSTS,
    HEARTBEAT
}
