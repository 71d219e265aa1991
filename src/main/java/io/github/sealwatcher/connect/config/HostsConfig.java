package io.github.sealwatcher.connect.config;

import io.github.sealwatcher.engine.podman.LocalHost;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.transport.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts are watched.
 *
 * @param entries at least one, with different names
 * @param inventoryPollMs how often the inventory is read again, in milliseconds; null without an inventory
 * @param validateConnections whether a validation asks each of them
 * @param forgetRemoved whether the rows of a host that left are removed
 */
public record HostsConfig(
        List<HostEntry> entries, @Nullable Long inventoryPollMs, boolean validateConnections, boolean forgetRemoved) {

    public static final String HOSTS = "podman.hosts";
    public static final String FILE = "podman.hosts.file";
    public static final String FILE_POLL = "podman.hosts.file.poll.ms";
    static final String ON_REMOVED = "on.host.removed";
    public static final String VALIDATE = "connection.validate";

    private static final String FORGET = "forget";

    static ConfigSection section(LocalHost localHost) {
        ConfigKey hosts = ConfigKey.list(
                        HOSTS,
                        "Podman hosts",
                        "The hosts to watch: a comma list of name=uri, where the uri is unix:///path/to/podman.sock,"
                                + " ssh://[user@]host[:port]/path/to/podman.sock, tcp+tls://host:port or"
                                + " https://host:port (Podman 5.7 and newer), or tcp://host:port, which is neither"
                                + " encrypted nor protected. The name is the host of every record and of the stored"
                                + " offset, so keep it when the address changes: up to 249 of the characters A-Z a-z 0-9 . _ -."
                                + " A uri without a name is named after its host, or after this machine for a local"
                                + " socket. Empty, and no podman.hosts.file either: the one Podman that this machine's"
                                + " own podman client would find (CONTAINER_HOST, else the user's socket, else unix:///run/podman/podman.sock).")
                .rated(Importance.HIGH)
                .checked("a comma list of name=uri", value -> HostEntry.parse((List<?>) value, localHost));
        ConfigKey file = ConfigKey.text(
                        FILE,
                        null,
                        "Inventory file",
                        "A file with further hosts, one name=uri a line; what follows a # is a comment. When it changes,"
                                + " the tasks follow. It must be there on every worker that may run the connector; while"
                                + " it can't be read, or names no host at all, the hosts stay as they are.")
                .checked("a readable file of name=uri lines", value -> new Inventory((String) value).read(localHost));
        ConfigKey filePoll = ConfigKey.millis(
                        FILE_POLL,
                        5000,
                        100,
                        "Inventory interval",
                        "How often the inventory file is looked at, in milliseconds.")
                .rated(Importance.LOW)
                .shownUnless(FILE, null);
        ConfigKey onRemoved = ConfigKey.choice(
                ON_REMOVED,
                List.of(FORGET, "keep"),
                "On host removed",
                "What to do when a host leaves podman.hosts or the inventory file; a last disconnected event is"
                        + " written to the host topic in any case. forget: remove the host's rows from the"
                        + " state topic and the heartbeat topic, by null values; they come back with the host."
                        + " keep: leave the rows as they are.");
        ConfigKey validate = ConfigKey.flag(
                        VALIDATE,
                        true,
                        "Validate connections",
                        "Whether to ask every host for an answer when this configuration is validated, for at most 5"
                                + " seconds in all. Set it to false to create the connector while a host is down.")
                .rated(Importance.LOW);
        return new ConfigSection("Hosts", false, List.of(hosts, file, filePoll, onRemoved, validate));
    }

    /** When a key applies that only matters to hosts with such addresses. */
    static ConfigKey.ShownIf hasHostAt(Address.Kind kind, LocalHost localHost) {
        return new ConfigKey.ShownIf(List.of(HOSTS, FILE), values -> {
            try {
                return values.get(HOSTS) instanceof List<?> listed
                        && entries(listed, (String) values.get(FILE), localHost).stream()
                                .anyMatch(host -> host.address().kind() == kind);
            } catch (IllegalArgumentException | ConfigException e) {
                // The errors are reported at those keys; until they are repaired any key may matter.
                return true;
            }
        });
    }

    static HostsConfig from(AbstractConfig values, LocalHost localHost) {
        @Nullable String file = values.getString(FILE);
        return new HostsConfig(
                entries(values.getList(HOSTS), file, localHost),
                file == null ? null : values.getLong(FILE_POLL),
                values.getBoolean(VALIDATE),
                values.getString(ON_REMOVED).equals(FORGET));
    }

    /** A warning about an inventory file that can be used; null if there is none. */
    public static @Nullable String inventoryWarning(Map<String, String> properties) {
        String file = properties.get(FILE);
        return file != null && new Inventory(file).isWritableByOthers()
                ? "The inventory file " + file
                        + " can be written by every user of this machine, who so decides which hosts"
                        + " are watched and with which keys; take that right away (chmod o-w)"
                : null;
    }

    /** The hosts of a configuration. */
    public static List<HostEntry> entries(Map<String, String> properties, List<?> listed, LocalHost localHost) {
        return entries(listed, properties.get(FILE), localHost);
    }

    /**
     * The hosts of the list and of the file.
     *
     * @throws InvalidSettingException if the file can't be used, or names a host of the list
     */
    static List<HostEntry> entries(List<?> listed, @Nullable String file, LocalHost localHost) {
        if (file == null) {
            return HostEntry.parse(listed, localHost);
        }
        List<HostEntry> all = new ArrayList<>(listed.isEmpty() ? List.of() : HostEntry.parse(listed, localHost));
        Set<HostName> names = all.stream().map(HostEntry::name).collect(Collectors.toSet());
        try {
            for (HostEntry entry : new Inventory(file).read(localHost)) {
                if (names.contains(entry.name())) {
                    throw new IllegalArgumentException("host names must be unique, found \"" + entry.name() + "\" in "
                            + file + " and in " + HOSTS);
                }
                all.add(entry);
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(FILE, String.valueOf(e.getMessage()));
        }
        return List.copyOf(all);
    }
}
