package io.github.sealwatcher.connect.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * What is written, and where to.
 *
 * @param prefix the first part of each topic's name
 * @param heartbeatPrefix the first part of the heartbeat topic's name, before the other prefix
 * @param types the types of container events that are written, unless all are
 * @param allTypes whether all are
 * @param labelsAsJson whether labels, the inspect document's copies and attributes are one JSON text each
 */
public record TopicsConfig(
        String prefix,
        String heartbeatPrefix,
        Set<String> types,
        boolean allTypes,
        boolean state,
        boolean host,
        boolean annotate,
        boolean labelsAsJson) {

    static final String PREFIX = "topic.prefix";
    static final String HEARTBEAT_PREFIX = "heartbeat.topic.prefix";
    static final String EVENTS = "events.include";
    static final String STATE = "state.topic.enabled";
    static final String HOST = "host.topic.enabled";
    static final String ANNOTATE = "labels.annotate";
    static final String LABELS_FORMAT = "labels.format";

    private static final String JSON = "json";
    private static final String ALL = "all";
    private static final String BASICS = "start,die,pause,unpause,pod_association";
    /** What Podman 4.3 to 6.1 writes of containers, and our own names. */
    private static final Set<String> TYPES = Set.of(
            ALL,
            "start",
            "die",
            "pause",
            "unpause",
            "pod_association",
            "attach",
            "auto-update",
            "checkpoint",
            "cleanup",
            "commit",
            "copy",
            "create",
            "exec",
            "exec_died",
            "export",
            "health_status",
            "import",
            "init",
            "kill",
            "mount",
            "prune",
            "remove",
            "rename",
            "restart",
            "restore",
            "sync",
            "unmount",
            "update");
    /** Podman's and Docker's words for what is called die here; a stop is an end too, and Podman seldom writes it. */
    private static final Set<String> ENDS = Set.of("died", "stop", "stopped", "exited", "exit");

    private static final int MAX_SHOWN = 100;
    /** Kafka allows so many characters. */
    private static final int MAX_TOPIC = 249;
    /** Kafka's rule for topics, less what the longest suffix takes of the 249 characters. */
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,230}");

    static ConfigSection section() {
        return new ConfigSection(
                "Topics",
                false,
                List.of(
                        ConfigKey.text(
                                        PREFIX,
                                        "podman",
                                        "Topic prefix",
                                        "The first part of the names of all topics: <prefix>.container.events,"
                                                + " <prefix>.container.state, <prefix>.host.events and"
                                                + " <heartbeat.topic.prefix>.<prefix>.")
                                .rated(Importance.HIGH)
                                .checked("a topic name of up to 230 characters", TopicsConfig::checkPrefix),
                        ConfigKey.text(
                                        HEARTBEAT_PREFIX,
                                        "__podman-heartbeat",
                                        "Heartbeat topic prefix",
                                        "What comes before <prefix> in the name of the heartbeat topic, for clusters"
                                                + " whose ACLs allow other names only. Have the topic compacted: it is a"
                                                + " table of the hosts.")
                                .rated(Importance.LOW)
                                .checked("a part of a topic name", TopicsConfig::checkPrefix),
                        events(),
                        ConfigKey.flag(
                                STATE,
                                true,
                                "State topic",
                                "Whether to keep <prefix>.container.state: the present state of every alive container"
                                        + " by its id, and nothing for one that isn't alive. Have it compacted."),
                        ConfigKey.flag(
                                HOST,
                                true,
                                "Host topic",
                                "Whether to write <prefix>.host.events: when each host was connected, lost and"
                                        + " synchronized, and what its history no longer holds."),
                        ConfigKey.flag(
                                        ANNOTATE,
                                        true,
                                        "Annotation labels",
                                        "Whether to add labels that name a container's pod (io.github.thediveo/podman/podname"
                                                + " and podid) and mark infra and privileged containers, as sealwatcher"
                                                + " and lxkns know them.")
                                .rated(Importance.LOW),
                        ConfigKey.choice(
                                        LABELS_FORMAT,
                                        List.of("map", JSON),
                                        "Format of labels",
                                        "How labels, attributes and what inspect.include copies are written. map: as a"
                                                + " map of texts. json: as one text that holds a JSON object, for sinks"
                                                + " and transformations that know no maps, such as JDBC and Flatten. The"
                                                + " schema differs: with a schema registry, change topic.prefix with it.")
                                .rated(Importance.LOW)));
    }

    /** @throws InvalidSettingException if the heartbeat topic's name would be too long */
    static TopicsConfig from(AbstractConfig values) {
        Set<String> types = new LinkedHashSet<>();
        types.addAll(values.getList(EVENTS));
        int length = values.getString(HEARTBEAT_PREFIX).length()
                + 1
                + values.getString(PREFIX).length();
        if (length > MAX_TOPIC) {
            throw new InvalidSettingException(
                    HEARTBEAT_PREFIX,
                    "expected at most " + MAX_TOPIC + " characters together with a dot and " + PREFIX + ", found "
                            + length);
        }
        return new TopicsConfig(
                values.getString(PREFIX),
                values.getString(HEARTBEAT_PREFIX),
                types,
                types.contains(ALL),
                values.getBoolean(STATE),
                values.getBoolean(HOST),
                values.getBoolean(ANNOTATE),
                values.getString(LABELS_FORMAT).equals(JSON));
    }

    /** The same under another prefix. */
    public TopicsConfig under(String other) {
        return new TopicsConfig(other, heartbeatPrefix, types, allTypes, state, host, annotate, labelsAsJson);
    }

    /** Whether events of this type are written. */
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
        return heartbeatPrefix + "." + prefix;
    }

    private static ConfigKey events() {
        return ConfigKey.list(
                        EVENTS,
                        "Events",
                        "Which events to write to <prefix>.container.events: start, die, pause, unpause,"
                                + " pod_association, any further container action of Podman by its own name (create,"
                                + " remove, kill, exec, health_status and so on), or all. The state topic doesn't"
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
            String text = type.toString();
            if (!TYPES.contains(text)) {
                String lower = text.toLowerCase(Locale.ROOT);
                String shown = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text;
                throw new IllegalArgumentException(
                        "expected start, die, pause, unpause, pod_association, another action that Podman writes of"
                                + " containers, or all; found \"" + shown + "\""
                                + (ENDS.contains(lower)
                                        ? "; did you mean die?"
                                        : KeySuggestion.didYouMean(lower, TYPES)));
            }
        }
    }
}
