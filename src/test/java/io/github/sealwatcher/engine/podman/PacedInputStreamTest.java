package io.github.sealwatcher.engine.podman;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacedInputStreamTest {

    private static final int PIECE = 500;
    private static final byte[] BUFFER = new byte[8 << 10];
    /** More than what is read at full speed, in pieces. */
    private static final int MANY = (128 << 10) / PIECE;

    private final List<String> seen = new ArrayList<>();
    private final PacedInputStream in = new PacedInputStream(new Pieces(), () -> seen.add("pause"));

    @Test
    void pausesBetweenSmallPiecesOnceMuchWasRead() throws IOException {
        in.gather();
        for (int i = 0; i < (64 << 10) / PIECE; i++) {
            read(BUFFER.length);
        }
        assertThat(seen).as("a short history").doesNotContain("pause");
        for (int i = 0; i < MANY; i++) {
            read(BUFFER.length);
        }
        assertThat(seen).endsWith("pause", "read", "pause", "read");
    }

    @Test
    void doesNotPauseWhileTheSocketHoldsMore() throws IOException {
        byte[] history = new byte[1 << 20];
        new Random(1).nextBytes(history);
        PacedInputStream full = new PacedInputStream(new ByteArrayInputStream(history), () -> seen.add("pause"));
        full.gather();
        assertThat(full.readNBytes(history.length / 2)).isEqualTo(Arrays.copyOf(history, history.length / 2));
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void losesNothingOfALargePiece(boolean gathers) throws IOException {
        byte[] history = new byte[300_001];
        new Random(1).nextBytes(history);
        PacedInputStream full = new PacedInputStream(new ByteArrayInputStream(history), () -> seen.add("pause"));
        if (gathers) {
            full.gather();
        }
        var taken = new ByteArrayOutputStream();
        for (int length = 1; taken.size() < history.length; length = length % PIECE + 7) {
            int first = full.read();
            taken.write(first);
            int read = full.read(BUFFER, 3, length);
            taken.write(BUFFER, 3, Math.max(0, read));
        }
        assertThat(taken.toByteArray()).isEqualTo(history);
        assertThat(full.read()).isEqualTo(-1);
        assertThat(full.read(BUFFER, 0, 1)).isEqualTo(-1);
    }

    @Test
    void followedStreamIsNeverPaused() throws IOException {
        for (int i = 0; i < MANY; i++) {
            read(BUFFER.length);
        }
        assertThat(seen).doesNotContain("pause");
    }

    @Test
    void takesAtOnceWhatWaitsInABurst() throws IOException {
        PacedInputStream burst = new PacedInputStream(
                new ByteArrayInputStream(new byte[64 << 10]) {
                    @Override
                    public synchronized int read(byte[] bytes, int offset, int length) {
                        seen.add("read");
                        return super.read(bytes, offset, length);
                    }
                },
                () -> seen.add("pause"));
        burst.readNBytes(BUFFER, 0, 100);
        for (int i = 0; i < 64; i++) {
            burst.readNBytes(BUFFER, 0, 1000);
        }
        assertThat(seen).containsOnly("read").hasSizeLessThan(12);
    }

    @Test
    void actsBeforeEachRead() throws IOException {
        in.beforeReading(() -> seen.add("hand over"));
        read(1);
        assertThat(in.read()).isZero();
        assertThat(seen).containsExactly("hand over", "read", "hand over", "read");
    }

    private void read(int length) throws IOException {
        assertThat(in.read(BUFFER, 0, length)).isEqualTo(Math.min(length, PIECE));
    }

    /** A socket that holds one piece at a time. */
    private final class Pieces extends InputStream {
        @Override
        public int read() {
            seen.add("read");
            return 0;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            seen.add("read");
            return Math.min(length, PIECE);
        }
    }
}
