package io.github.sealwatcher.connect.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * What is written, and where to.
 *
 * @param prefix the first part of each topic's name
 * @param types the types of container events that are told, unless all are
 * @param allTypes whether all are
 */
public record TopicsConfig(
        String prefix, Set<String> types, boolean allTypes, boolean state, boolean host, boolean annotate) {

    static final String PREFIX = "topic.prefix";
    static final String EVENTS = "events.include";
    static final String STATE = "state.topic.enabled";
    static final String HOST = "host.topic.enabled";
    static final String ANNOTATE = "labels.annotate";

    private static final String ALL = "all";
    private static final String BASICS = "start,die,pause,unpause,pod_association";
    private static final Pattern TYPE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");
    /** Kafka's rule for topics, less what the longest suffix takes of the 249 characters. */
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,230}");

    static Section section() {
        return new Section(
                "Topics",
                false,
                List.of(
                        Key.text(
                                        PREFIX,
                                        "podman",
                                        "Topic prefix",
                                        "The first part of the names of all topics: <prefix>.container.events,"
                                                + " <prefix>.container.state, <prefix>.host.events and"
                                                + " __podman-heartbeat.<prefix>.")
                                .rated(Importance.HIGH)
                                .checked("a topic name of up to 230 characters", TopicsConfig::checkPrefix),
                        events(),
                        Key.flag(
                                STATE,
                                true,
                                "State topic",
                                "Whether to keep <prefix>.container.state: the present state of every alive container"
                                        + " by its id, and nothing for one that isn't alive. Have it compacted."),
                        Key.flag(
                                HOST,
                                true,
                                "Host topic",
                                "Whether to write <prefix>.host.events: when each host was connected, lost and"
                                        + " synchronized, and what its history no longer holds."),
                        Key.flag(
                                        ANNOTATE,
                                        true,
                                        "Annotation labels",
                                        "Whether to add labels that tell a container's pod (io.github.thediveo/podman/podname"
                                                + " and podid) and mark infra and privileged containers, as sealwatcher"
                                                + " and lxkns know them.")
                                .rated(Importance.LOW)));
    }

    static TopicsConfig from(AbstractConfig values) {
        Set<String> types = new LinkedHashSet<>();
        for (String type : values.getList(EVENTS)) {
            types.add(type.equals("died") ? "die" : type);
        }
        return new TopicsConfig(
                values.getString(PREFIX),
                types,
                types.contains(ALL),
                values.getBoolean(STATE),
                values.getBoolean(HOST),
                values.getBoolean(ANNOTATE));
    }

    /** The same under another prefix. */
    public TopicsConfig under(String other) {
        return new TopicsConfig(other, types, allTypes, state, host, annotate);
    }

    /** Whether events of this type are told. */
    public boolean includes(String type) {
        return allTypes || types.contains(type);
    }

    public String eventsTopic() {
        return prefix + ".container.events";
    }

    public String stateTopic() {
        return prefix + ".container.state";
    }

    public String hostTopic() {
        return prefix + ".host.events";
    }

    public String heartbeatTopic() {
        return "__podman-heartbeat." + prefix;
    }

    private static Key events() {
        return Key.list(
                        EVENTS,
                        "Events",
                        "Which events to write to <prefix>.container.events: start, die, pause, unpause,"
                                + " pod_association, any further container action of Podman by its own name (create,"
                                + " remove, kill, oom, exec, health_status and so on), or all. The state topic doesn't"
                                + " depend on it.")
                .startingWith(BASICS)
                .rated(Importance.HIGH)
                .checked("a comma list of event types, or all", value -> checkTypes((List<?>) value));
    }

    private static void checkPrefix(Object prefix) {
        if (!TOPIC.matcher(prefix.toString()).matches()) {
            throw new IllegalArgumentException(
                    "expected 1 to 230 characters of A-Z a-z 0-9 . _ -, found \"" + prefix + "\"");
        }
    }

    private static void checkTypes(List<?> types) {
        for (Object type : types) {
            if (!TYPE.matcher(type.toString()).matches()) {
                throw new IllegalArgumentException(
                        "expected names such as start, die or health_status, or all, found \"" + type + "\"");
            }
        }
    }
}
