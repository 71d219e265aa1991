package io.github.sealwatcher.trail.topic;

/** The topics of a connector, by its prefix. */
public record TopicNames(String events, String state, String hosts, String heartbeat) {
    /**
     * Those that the connector writes to.
     *
     * @param prefix {@code topic.prefix}
     * @param heartbeatPrefix {@code heartbeat.topic.prefix}
     */
    public static TopicNames of(String prefix, String heartbeatPrefix) {
        return new TopicNames(
                prefix + ".container.events",
                prefix + ".container.state",
                prefix + ".host.events",
                heartbeatPrefix + "." + prefix);
    }
}
