package io.github.sealwatcher.engine.podman;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {

    private static final int MAX = 100_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 16 << 10, Integer.MAX_VALUE})
    void cutsLinesHoweverTheBytesCome(int piece) throws IOException {
        List<String> lines = List.of("a", "", "bb", "c".repeat(20_000), "d", "e".repeat(MAX), "f");
        assertThat(read(String.join("\n", lines) + "\n", piece)).isEqualTo(lines);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000, 16 << 10, Integer.MAX_VALUE})
    void showsOnlyTheBeginningOfALineThatIsTooLong(int piece) throws IOException {
        List<String> lines = read("a\n" + "x".repeat(5 * MAX) + "\nb\n" + "y".repeat(MAX + 1) + "\nc\n", piece);
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).isEqualTo("a");
        assertThat(lines.get(1)).startsWith("too long: xxx");
        assertThat(lines.get(2)).isEqualTo("b");
        assertThat(lines.get(3)).startsWith("too long: yyy");
        assertThat(lines.get(4)).isEqualTo("c");
    }

    @Test
    void longLineWithoutEndIsShownInPart() throws IOException {
        assertThat(read("x".repeat(3 * MAX), 1000))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("too long: x"));
    }

    @Test
    void whatFollowsTheLastLineEndIsALine() throws IOException {
        assertThat(read("a\nb", 1)).containsExactly("a", "b");
        assertThat(read("a\n", 1)).containsExactly("a");
        assertThat(read("", 1)).isEmpty();
    }

    @Test
    void oneLongLineDoesNotKeepItsMemory() throws IOException {
        String many = "short\n".repeat(100_000);
        LineReader reader = reader("x".repeat(4 << 20) + "\n" + many, 8192, 8 << 20);
        assertThat(reader.next()).isTrue();
        assertThat(reader.buffer().length).isGreaterThan(4 << 20);
        while (reader.next()) {
            assertThat(reader.lineLength()).isEqualTo(5);
        }
        assertThat(reader.buffer().length).isLessThan(100_000);
    }

    private static List<String> read(String text, int piece) throws IOException {
        LineReader reader = reader(text, piece, MAX);
        List<String> lines = new ArrayList<>();
        while (reader.next()) {
            String line = new String(reader.buffer(), reader.lineStart(), reader.lineLength(), StandardCharsets.UTF_8);
            lines.add((reader.isTooLong() ? "too long: " : "") + line);
        }
        return lines;
    }

    private static LineReader reader(String text, int piece, int max) {
        InputStream whole = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return new LineReader(
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        return whole.read();
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        return whole.read(bytes, offset, Math.min(length, piece));
                    }
                },
                max);
    }
}
