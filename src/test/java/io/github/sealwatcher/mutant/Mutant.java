package io.github.sealwatcher.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The code with one thing broken on purpose. Each is a mistake that a watcher of Podman has made, or could: a test must
 * catch it, or the test proves nothing.
 *
 * @param name what is broken
 * @param file the source file, with its package
 * @param original what stands there, once
 * @param replacement what stands there instead
 * @param from at which seed the simulator begins: those that take long to be caught needn't take long each time
 */
public record Mutant(String name, String file, String original, String replacement, int from) {

    private static final Path SOURCES = Path.of("src/main/java/io/github/sealwatcher");

    public Mutant(String name, String file, String original, String replacement) {
        this(name, file, original, replacement, 0);
    }

    /** The same place with what stands there anyway: whoever complains of this one complains of something else. */
    Mutant unchanged() {
        return new Mutant(name, file, original, original, from);
    }

    /** The source file with the mutant in it. */
    String source() throws IOException {
        Path path = SOURCES.resolve(file + ".java");
        String text = Files.readString(path);
        int at = text.indexOf(original);
        assertThat(at).as("%s: what it replaces stands in %s", name, path).isNotNegative();
        assertThat(text.indexOf(original, at + 1)).as("%s: only once", name).isNegative();
        return text.replace(original, replacement);
    }

    @Override
    public String toString() {
        return name;
    }
}
