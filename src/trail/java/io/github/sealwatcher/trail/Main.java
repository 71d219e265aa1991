package io.github.sealwatcher.trail;

import io.github.sealwatcher.trail.topic.TrailUnavailableException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code bin/trail}. Exit status 0: good; 1: a violation, or nothing found; 2: it could not run. */
@Command(
        name = "trail",
        description = "Reads the audit trail that kafka-connect-podman writes, and proves it.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true,
        subcommands = {PsCommand.class, ShowCommand.class, VerifyCommand.class, BlindCommand.class, ReportCommand.class
        },
        footerHeading = "%nExit status: ",
        footer = "0 good, 1 a violation or nothing found, 2 it could not run. See docs/audit.md.")
public final class Main {
    static final int GOOD = 0;
    static final int BAD = 1;
    static final int FAILED = 2;

    private Main() {}

    /** See {@code bin/trail --help}. */
    public static void main(String[] arguments) {
        // Kafka's clients log at length what the exception has in one line.
        System.getProperties().putIfAbsent("org.slf4j.simpleLogger.defaultLogLevel", "off");
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(new PrintWriter(System.out, false, StandardCharsets.UTF_8), err, arguments));
    }

    /** The same without ending the JVM; returns the exit status. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((exception, command, parsed) -> {
                    if (!isExpected(exception)) {
                        throw exception;
                    }
                    command.getErr().println("error: " + exception.getMessage());
                    return FAILED;
                });
        int status = line.execute(arguments);
        out.flush();
        // A full disk or a closed pipe must not look like a proof.
        return out.checkError() && status == GOOD ? FAILED : status;
    }

    private static boolean isExpected(Exception exception) {
        return exception instanceof TrailUnavailableException
                || exception instanceof IllegalArgumentException
                || exception instanceof UncheckedIOException
                || exception instanceof KafkaException;
    }

    /** The version of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            @Nullable String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"podman-trail " + (version == null ? "(unpacked)" : version)};
        }
    }
}
