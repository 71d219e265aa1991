package io.github.sealwatcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;

/**
 * Files that hold what is on the wire. A consumer or a stored offset depends on every byte of them, so a change of one is a
 * change for users: it is made on purpose, with {@code mvn test -Dtest=WireTest -Dgolden.update}, and stands in the
 * changelog.
 */
public final class Golden {

    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final boolean UPDATE = System.getProperty("golden.update") != null;

    private Golden() {}

    /** Fails if the file of that name does not hold exactly this. */
    public static void check(String name, String actual) throws IOException {
        Path file = FOLDER.resolve(name);
        if (UPDATE) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, actual, StandardCharsets.UTF_8);
            Assertions.fail(file + " was written: look at the difference, then run without -Dgolden.update");
        }
        assertThat(actual)
                .as("what is on the wire and %s; if it is to change, see %s", file, Golden.class.getName())
                .isEqualTo(read(name));
    }

    /** What the file of that name holds. */
    public static String read(String name) throws IOException {
        return Files.readString(FOLDER.resolve(name), StandardCharsets.UTF_8);
    }
}
