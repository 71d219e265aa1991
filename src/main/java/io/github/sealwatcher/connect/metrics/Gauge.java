package io.github.sealwatcher.connect.metrics;

import java.util.function.Supplier;

/**
 * A figure that can be read at any time, from any thread.
 *
 * @param name as users know it: part of the public interface
 * @param doc one sentence of what it means
 * @param value gives the figure
 */
public record Gauge(String name, String doc, Supplier<? extends Number> value) {

    static Gauge flag(String name, String doc, Supplier<Boolean> value) {
        return new Gauge(name, doc, () -> value.get() ? 1 : 0);
    }
}
