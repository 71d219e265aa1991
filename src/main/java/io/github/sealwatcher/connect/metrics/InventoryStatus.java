package io.github.sealwatcher.connect.metrics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Whether a connector can read its inventory. The connector knows, its tasks show it: those on the connector's own worker.
 * One for this JVM, as a plugin has one class loader for both. Thread-safe.
 */
public final class InventoryStatus {

    private static final Map<String, Boolean> READABLE = new ConcurrentHashMap<>();

    private InventoryStatus() {}

    /** Notes it. */
    public static void set(String connector, boolean readable) {
        READABLE.put(connector, readable);
    }

    /** Forgets a connector that is stopped. */
    public static void forget(String connector) {
        READABLE.remove(connector);
    }

    /** What the connector itself registers. */
    public static List<Gauge> gauges(String connector) {
        return List.of(gauge(() -> of(connector)));
    }

    static Gauge gauge(Supplier<Double> value) {
        return new Gauge(
                "inventory-readable",
                "1 if the inventory can be read or there is none, 0 if not: then the last good set of hosts is watched;"
                        + " NaN in a task on another worker than its connector's",
                value);
    }

    /** NaN if the connector isn't on this worker. */
    static double of(String connector) {
        Boolean readable = READABLE.get(connector);
        return readable == null ? Double.NaN : readable ? 1 : 0;
    }
}
