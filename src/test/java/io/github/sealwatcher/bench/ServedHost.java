package io.github.sealwatcher.bench;

import io.github.sealwatcher.fleet.HostServer;
import io.github.sealwatcher.fleet.ScriptedHost;
import java.io.IOException;

/** A scripted Podman with containers that run, as a process of its own. */
public final class ServedHost {

    private ServedHost() {}

    /** Argument: how many run. Prints its address when it listens, and ends with its standard input. */
    public static void main(String[] args) throws IOException {
        try (HostServer server = HostServer.start("host-", 1)) {
            ScriptedHost host = server.hosts().get(0);
            for (int i = 0; i < Integer.parseInt(args[0]); i++) {
                host.start("service-" + i);
            }
            System.out.println(host.entry().replaceFirst(".*=unix://", ""));
            while (System.in.read() >= 0) {
                // until whoever started it ends
            }
        }
    }
}
