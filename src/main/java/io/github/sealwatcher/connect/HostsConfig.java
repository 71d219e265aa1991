package io.github.sealwatcher.connect;

import io.github.sealwatcher.engine.podman.Machine;
import io.github.sealwatcher.model.HostName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts are watched.
 *
 * @param entries at least one, with different names
 * @param inventoryPollMs how often the inventory is read again, in milliseconds; null without an inventory
 * @param validateConnections whether a validation asks each of them
 */
record HostsConfig(List<HostEntry> entries, @Nullable Long inventoryPollMs, boolean validateConnections) {

    static final String HOSTS = "podman.hosts";
    static final String FILE = "podman.hosts.file";
    static final String FILE_POLL = "podman.hosts.file.poll.ms";
    static final String VALIDATE = "connection.validate";

    static Section section(Machine machine) {
        Key hosts = Key.list(
                        HOSTS,
                        "Podman hosts",
                        "The hosts to watch: a comma list of name=uri, where the uri is unix:///path/to/podman.sock or"
                                + " tcp://host:port. The name is the host of every record and of the stored offset, so"
                                + " keep it when the address changes: up to 249 of the characters A-Z a-z 0-9 . _ -."
                                + " A uri without a name is named after its host, or after this machine for a local"
                                + " socket. Empty, and no podman.hosts.file either: the one Podman that this machine's own podman client would find"
                                + " (CONTAINER_HOST, else the user's socket, else unix:///run/podman/podman.sock).")
                .rated(Importance.HIGH)
                .checked("a comma list of name=uri", value -> HostEntry.parse((List<?>) value, machine));
        Key file = Key.text(
                        FILE,
                        null,
                        "Inventory file",
                        "A file with further hosts, one name=uri a line; what follows a # is a comment. When it changes,"
                                + " the tasks follow. It must be there on every worker that may run the connector; while"
                                + " it can't be read, or names no host at all, the hosts stay as they are.")
                .checked("a readable file of name=uri lines", value -> new Inventory((String) value).read(machine));
        Key filePoll = Key.millis(
                        FILE_POLL,
                        5000,
                        100,
                        "Inventory interval",
                        "How often the inventory file is looked at, in milliseconds.")
                .rated(Importance.LOW)
                .shownUnless(FILE, null);
        Key validate = Key.flag(
                        VALIDATE,
                        true,
                        "Validate connections",
                        "Whether to ask every host for an answer when this configuration is validated, for at most 5"
                                + " seconds in all. Set it to false to create the connector while a host is down.")
                .rated(Importance.LOW);
        return new Section("Hosts", false, List.of(hosts, file, filePoll, validate));
    }

    static HostsConfig from(AbstractConfig values, Machine machine) {
        @Nullable String file = values.getString(FILE);
        return new HostsConfig(
                entries(values.getList(HOSTS), file, machine),
                file == null ? null : values.getLong(FILE_POLL),
                values.getBoolean(VALIDATE));
    }

    /**
     * The hosts of the list and of the file.
     *
     * @throws Mismatch if the file can't be used, or names a host of the list
     */
    static List<HostEntry> entries(List<?> listed, @Nullable String file, Machine machine) {
        if (file == null) {
            return HostEntry.parse(listed, machine);
        }
        List<HostEntry> all = new ArrayList<>(listed.isEmpty() ? List.of() : HostEntry.parse(listed, machine));
        Set<HostName> names = all.stream().map(HostEntry::name).collect(Collectors.toSet());
        try {
            for (HostEntry entry : new Inventory(file).read(machine)) {
                if (names.contains(entry.name())) {
                    throw new IllegalArgumentException("host names must be unique, found \"" + entry.name() + "\" in "
                            + file + " and in " + HOSTS);
                }
                all.add(entry);
            }
        } catch (IllegalArgumentException e) {
            throw new Mismatch(FILE, String.valueOf(e.getMessage()));
        }
        return List.copyOf(all);
    }
}
