package io.github.sealwatcher.chaos.world;

import io.github.sealwatcher.testkit.EmbeddedKafka;
import java.nio.file.Path;
import java.util.Map;

/** A broker as a process of its own, over data that survive it. */
final class BrokerMain {
    private BrokerMain() {}

    /** @param arguments the data directory, the broker's port, the controller's port */
    public static void main(String[] arguments) {
        EmbeddedKafka.startedOver(
                Path.of(arguments[0]),
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]),
                // Transactions that time out are looked for as seldom as by default. A broker that comes back without
                // having been stopped does that before it has its partitions again, takes those without a leader for
                // deleted, and notes the transaction as aborted without an abort marker in them: the next
                // transaction's commit makes its records visible.
                Map.of("broker.session.timeout.ms", "3000"));
    }
}
