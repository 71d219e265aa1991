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
                Map.of(
                        "broker.session.timeout.ms", "3000",
                        "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"));
    }
}
