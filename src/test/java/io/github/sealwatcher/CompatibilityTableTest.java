package io.github.sealwatcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the README says about versions is what was really run, and all of that passed. */
class CompatibilityTableTest {

    private static final Path WORKERS = Path.of("docs/compatibility/workers.tsv");

    @Test
    void readmeShowsTheResults() throws IOException, InterruptedException {
        Process check = new ProcessBuilder("bin/compatibility", "--check")
                .redirectErrorStream(true)
                .start();
        String output = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(check.waitFor()).as(output).isZero();
    }

    @Test
    void everyWorkerPassedAllSteps() throws IOException {
        assertThat(Files.readAllLines(WORKERS).stream().skip(1)).isNotEmpty().allSatisfy(line -> {
            String[] columns = line.split("\t", -1);
            assertThat(columns).hasSize(7);
            assertThat(columns[3]).isEqualTo(columns[4]);
        });
    }
}
