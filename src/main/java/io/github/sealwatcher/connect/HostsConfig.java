package io.github.sealwatcher.connect;

import io.github.sealwatcher.engine.podman.Machine;
import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * Which hosts are watched.
 *
 * @param entries at least one, with different names
 * @param validateConnections whether a validation asks each of them
 */
record HostsConfig(List<HostEntry> entries, boolean validateConnections) {

    static final String HOSTS = "podman.hosts";
    static final String VALIDATE = "connection.validate";

    static Section section(Machine machine) {
        Key hosts = Key.list(
                        HOSTS,
                        "Podman hosts",
                        "The hosts to watch: a comma list of name=uri, where the uri is unix:///path/to/podman.sock or"
                                + " tcp://host:port. The name is the host of every record and of the stored offset, so"
                                + " keep it when the address changes: up to 249 of the characters A-Z a-z 0-9 . _ -."
                                + " A uri without a name is named after its host, or after this machine for a local"
                                + " socket. Empty: the one Podman that this machine's own podman client would find"
                                + " (CONTAINER_HOST, else the user's socket, else unix:///run/podman/podman.sock).")
                .rated(Importance.HIGH)
                .checked("a comma list of name=uri", value -> HostEntry.parse((List<?>) value, machine));
        Key validate = Key.flag(
                        VALIDATE,
                        true,
                        "Validate connections",
                        "Whether to ask every host for an answer when this configuration is validated, for at most 5"
                                + " seconds in all. Set it to false to create the connector while a host is down.")
                .rated(Importance.LOW);
        return new Section("Hosts", false, List.of(hosts, validate));
    }

    static HostsConfig from(AbstractConfig values, Machine machine) {
        return new HostsConfig(HostEntry.parse(values.getList(HOSTS), machine), values.getBoolean(VALIDATE));
    }
}
