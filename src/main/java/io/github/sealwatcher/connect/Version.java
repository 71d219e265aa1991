package io.github.sealwatcher.connect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** This plugin's version, from its own resource: Kafka's helper for that isn't there in all workers. */
final class Version {

    private static final String RESOURCE = "version.properties";

    private Version() {}

    static String current() {
        try (InputStream resource = Version.class.getResourceAsStream(RESOURCE)) {
            var properties = new Properties();
            if (resource != null) {
                properties.load(resource);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " can't be read", e);
        }
    }
}
