package io.github.sealwatcher.trail;

import io.github.sealwatcher.trail.topic.ConverterFormat;
import io.github.sealwatcher.trail.topic.Format;
import io.github.sealwatcher.trail.topic.JsonFormat;
import io.github.sealwatcher.trail.topic.Progress;
import io.github.sealwatcher.trail.topic.TopicNames;
import io.github.sealwatcher.trail.topic.TrailTopics;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What every command takes: which trail, and how to print. */
final class TrailOptions {
    @Option(
            names = "--bootstrap-server",
            required = true,
            paramLabel = "HOST:PORT",
            description = "a broker, or several with commas")
    private String bootstrapServers = "";

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "properties of the consumer, such as those for TLS and logging in")
    private @Nullable Path commandConfig;

    @Option(
            names = "--prefix",
            defaultValue = "podman",
            description = "the connector's topic.prefix; default: ${DEFAULT-VALUE}")
    private String prefix = "";

    @Option(
            names = "--heartbeat-prefix",
            defaultValue = "__podman-heartbeat",
            paramLabel = "PREFIX",
            description = "the connector's heartbeat.topic.prefix; default: ${DEFAULT-VALUE}")
    private String heartbeatPrefix = "";

    @Option(
            names = "--converter",
            paramLabel = "CLASS",
            description = "a Connect converter that the topics are written with, if not JsonConverter; its jars are"
                    + " taken from TRAIL_CLASSPATH, its settings from --converter-config")
    private @Nullable String converter;

    @Option(
            names = "--converter-config",
            paramLabel = "FILE",
            description = "properties of the converter, without key.converter. before them")
    private @Nullable Path converterConfig;

    @Option(
            names = "--output",
            defaultValue = "text",
            paramLabel = "text|json",
            description = "json: the same as JSON lines; default: ${DEFAULT-VALUE}")
    private Output output = Output.TEXT;

    /** How to print. */
    enum Output {
        TEXT,
        JSON
    }

    boolean json() {
        return output == Output.JSON;
    }

    String prefix() {
        return prefix;
    }

    TopicNames names() {
        return TopicNames.of(prefix, heartbeatPrefix);
    }

    /** Whoever opens it closes it. */
    TrailTopics topics() {
        Map<String, String> client = commandConfig == null ? new HashMap<>() : properties(commandConfig);
        client.put("bootstrap.servers", bootstrapServers);
        Progress progress = System.console() == null ? Progress.NONE : new TerminalProgress(System.err);
        return new TrailTopics(client, names(), format(), progress);
    }

    private Format format() {
        if (converter == null) {
            return new JsonFormat();
        }
        Map<String, String> config = converterConfig == null ? Map.of() : properties(converterConfig);
        return new ConverterFormat(converter, converter, config);
    }

    private static Map<String, String> properties(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
        Map<String, String> map = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        return map;
    }

    /** A time on the command line, in nanoseconds since 1970. */
    static final class TimeConverter implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            try {
                return Times.parse(text, Instant.now());
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
