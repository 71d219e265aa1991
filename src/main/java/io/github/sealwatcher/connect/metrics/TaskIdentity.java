package io.github.sealwatcher.connect.metrics;

import java.util.Map;

/**
 * Which task of which connector it is, and whether there is an inventory. Connect gives a task neither its number nor what
 * its connector reads, so the connector does, in a property of the task that is not a configuration key.
 *
 * @param connector the connector's name
 * @param task its number
 * @param inventory whether the connector reads an inventory
 */
public record TaskIdentity(String connector, String task, boolean inventory) {

    private static final String PROPERTY = "podman.task";

    /** Puts it into the properties of a task. */
    public static void put(Map<String, String> properties, int task, boolean inventory) {
        properties.put(PROPERTY, task + (inventory ? "+inventory" : ""));
    }

    /** Takes it out of the properties of a task. */
    public static TaskIdentity take(Map<String, String> properties) {
        String text = properties.remove(PROPERTY);
        String task = text == null ? "0" : text.replace("+inventory", "");
        String connector = properties.getOrDefault("name", "podman");
        return new TaskIdentity(connector, task, text != null && text.endsWith("+inventory"));
    }
}
