package io.github.sealwatcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the documentation says that a test shows, a test shows. */
class SealwatcherTableTest {

    private static final Path TABLE = Path.of("docs/sealwatcher.md");
    private static final Path EXAMPLE = Path.of("src/test/java/io/github/sealwatcher/example/WatchPodman.java");
    private static final List<String> PACKAGES = List.of("io.github.sealwatcher.it.", "io.github.sealwatcher.testkit.");

    @TestFactory
    Stream<DynamicTest> everyRowNamesATestOnARealPodman() throws IOException {
        List<List<String>> rows = Files.readAllLines(TABLE).stream()
                .filter(line -> line.startsWith("|") && !line.startsWith("|-") && !line.startsWith("| theirs"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .toList();
        assertThat(rows).hasSizeGreaterThan(70);
        return rows.stream()
                .map(row -> DynamicTest.dynamicTest(row.get(0), () -> {
                    assertThat(row).hasSize(4).endsWith("");
                    assertThat(row.subList(0, 3)).doesNotContain("");
                    assertThat(row.get(2)).matches("\\w+IT#\\w+");
                    assertExists(row.get(2).split("#", -1));
                }));
    }

    @Test
    void readmeShowsTheExample() throws IOException {
        String example = Files.readString(EXAMPLE);

        assertThat(example.lines().count()).isLessThanOrEqualTo(60);
        assertThat(Files.readString(Path.of("README.md")))
                .contains(example.substring(example.indexOf("    public static void main")));
    }

    private static void assertExists(String[] test) {
        Class<?> type = PACKAGES.stream()
                .flatMap(name -> find(name + test[0]))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no class " + test[0]));
        assertThat(type.getDeclaredMethods()).anySatisfy(method -> {
            assertThat(method.getName()).isEqualTo(test[1]);
            assertThat(method.isAnnotationPresent(Test.class)).isTrue();
        });
    }

    private static Stream<Class<?>> find(String name) {
        try {
            return Stream.of(Class.forName(name));
        } catch (ClassNotFoundException e) {
            return Stream.empty();
        }
    }
}
