package io.github.sealwatcher.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A bridge and address range of one's own. Left to themselves all Podman roots of a machine share the bridge
 * {@code podman0}, but not the list of addresses taken.
 *
 * @param octet the second one of the addresses, 10.octet.0.0/16
 */
record PodmanNetwork(Path directory, int octet) {
    /** Podman's fixed id of the network it uses by default. */
    private static final String DEFAULT_ID = "2f259bab93aaaaa2542ba43ef33eb990d0999ee1b9924b557b7be53c0b1bb9b9";

    private static final int FIRST_OCTET = 192;
    private static final int OCTETS = 64;

    static PodmanNetwork unused(Path directory) {
        int start = ThreadLocalRandom.current().nextInt(OCTETS);
        for (int i = 0; i < OCTETS; i++) {
            PodmanNetwork network = new PodmanNetwork(directory, FIRST_OCTET + (start + i) % OCTETS);
            if (!network.bridgeExists()) {
                return network;
            }
        }
        throw new IllegalStateException("All " + OCTETS + " bridges seal192 to seal255 exist already");
    }

    String pool() {
        return "10." + octet + ".0.0/16";
    }

    void write() throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("podman.json"), """
                {"name": "podman", "id": "%s", "driver": "bridge", "network_interface": "%s",
                 "created": "2026-01-01T00:00:00Z", "ipv6_enabled": false, "internal": false, "dns_enabled": false,
                 "subnets": [{"subnet": "10.%3$d.0.0/24", "gateway": "10.%3$d.0.1"}],
                 "ipam_options": {"driver": "host-local"}}
                """.formatted(DEFAULT_ID, bridge(), octet));
    }

    /** Takes the bridge away if a container that ended without Podman's help left it behind. */
    void remove() {
        if (bridgeExists()) {
            Command.run("ip", "link", "delete", bridge());
        }
    }

    private String bridge() {
        return "seal" + octet;
    }

    private boolean bridgeExists() {
        return Files.exists(Path.of("/sys/class/net", bridge()));
    }
}
