package io.github.sealwatcher.it;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What a Connect worker and its broker run on.
 *
 * @param kafka the version of both
 * @param jars the directory with all jars of that version
 * @param java the feature version of the JDK
 */
record WorkerPlatform(String kafka, Path jars, Path javaHome, int java) {

    static WorkerPlatform of(String kafka, Path jars, Path javaHome) {
        return new WorkerPlatform(kafka, jars, javaHome, javaVersion(javaHome));
    }

    @Override
    public String toString() {
        return "Kafka " + kafka + " on Java " + java;
    }

    private static int javaVersion(Path javaHome) {
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(javaHome.resolve("release"))) {
            release.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String version = release.getProperty("JAVA_VERSION").replace("\"", "");
        return Runtime.Version.parse(version).feature();
    }
}
