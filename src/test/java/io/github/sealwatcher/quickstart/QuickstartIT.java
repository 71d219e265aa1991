package io.github.sealwatcher.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code bin/quickstart} runs, as it runs it, with the plugin that was packaged. */
class QuickstartIT {
    private static final int STATUS_AFTER_SIGTERM = 143;
    private static final Pattern SOCKET = Pattern.compile("unix://(\\S+)");

    @Test
    void demoShowsTheLifeOfContainersAndEnds() throws IOException, InterruptedException {
        Process quickstart = quickstart("--demo", "--private");

        List<String> output = linesOf(quickstart, "$never");

        assertThat(quickstart.waitFor()).as(String.join("\n", output)).isZero();
        assertThat(output)
                .anyMatch(line -> line.matches(".* pod_association +demo-web .* demo-pod .*"))
                .anyMatch(line -> line.matches(".* start +demo-web .* busybox:latest .* live .*"))
                .anyMatch(line -> line.matches(".* pause +demo-web .*"))
                .anyMatch(line -> line.matches(".* unpause +demo-web .*"))
                .anyMatch(line -> line.matches(".* die +demo-job .* 3 +live .*"))
                .anyMatch(line -> line.matches(" *First record +[0-9.]+ s after the command"))
                .contains("  No container is alive.");
        assertThat(directoryOfPodman(output)).doesNotExist();
        assertThat(Path.of("target/quickstart-report.html"))
                .content()
                .contains("Audit trail of the quickstart", "<td>demo-job</td>", "\u2717 3");
    }

    @Test
    void signalEndsItAndCleansUp() throws IOException, InterruptedException {
        Process quickstart = quickstart("--demo", "--private");

        List<String> output = linesOf(quickstart, "podman pause");
        // Not Process.destroy: that closes its output as well.
        quickstart.toHandle().destroy();
        output.addAll(linesOf(quickstart, "$never"));

        assertThat(quickstart.waitFor()).as(String.join("\n", output)).isEqualTo(STATUS_AFTER_SIGTERM);
        assertThat(directoryOfPodman(output)).doesNotExist();
    }

    private static Process quickstart(String... options) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-Dlog4j2.configurationFile=log4j2-quickstart.xml",
                "-Dquickstart.log=target/quickstart-it.log",
                "-cp",
                classPathWithoutTheConnector(),
                Quickstart.class.getName()));
        line.addAll(List.of(options));
        return new ProcessBuilder(line).redirectErrorStream(true).start();
    }

    private static String classPathWithoutTheConnector() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.endsWith("target/classes") && !entry.endsWith("-test.jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The output up to the first line that contains {@code last}, or its end. */
    private static List<String> linesOf(Process process, String last) throws IOException {
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (line.contains(last)) {
                break;
            }
        }
        return lines;
    }

    private static Path directoryOfPodman(List<String> output) {
        Matcher socket = SOCKET.matcher(String.join("\n", output));
        assertThat(socket.find()).isTrue();
        return Path.of(socket.group(1)).getParent();
    }
}
