package io.github.sealwatcher.engine.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sealwatcher.model.ObservedContainer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapShareTest {

    private static final int MEBIBYTE = 1 << 20;

    private final HeapShare share = new HeapShare(2 * MEBIBYTE);

    @Test
    void listBeyondTheHeapShareIsRefusedWithARemedy() {
        String row = "{\"Id\":\"abc\"},";
        assertThatThrownBy(() -> list(row.repeat(10_000)))
                .isInstanceOf(HeapShare.TooLarge.class)
                .hasMessage(
                        "it takes more than 1 MiB of memory, a sixth of the Java heap; give the worker a larger heap"
                                + " (-Xmx), or look what that host sends");
        assertThatThrownBy(() -> list("{\"Id\":\"abc\",\"Labels\":{" + labels(10_000) + "}},"))
                .isInstanceOf(HeapShare.TooLarge.class);
    }

    @Test
    void closingReleasesTheShare() throws IOException {
        for (int i = 0; i < 100; i++) {
            assertThat(list("{\"Id\":\"abc\"},".repeat(1_500))).hasSize(1_501);
        }
    }

    @Test
    void oneHostLeavesRoomForOthers() throws IOException {
        try (HeapShare.Reservation greedy = share.reserve();
                HeapShare.Reservation modest = share.reserve();
                HeapShare.Reservation late = share.reserve()) {
            greedy.take(MEBIBYTE);
            modest.take(MEBIBYTE - 10);
            assertThatThrownBy(() -> late.take(11))
                    .hasMessage(
                            "answers of other hosts take the memory that is for answers, a third of the Java heap; give"
                                    + " the worker a larger heap (-Xmx)");
            greedy.close();
            late.take(11);
        }
    }

    private List<ObservedContainer> list(String rows) throws IOException {
        byte[] json = ("[" + rows + "{\"Id\":\"last\"}]").getBytes(StandardCharsets.UTF_8);
        try (HeapShare.Reservation room = share.reserve()) {
            return ListDecoder.decode(new ByteArrayInputStream(json), room);
        }
    }

    private static String labels(int count) {
        StringBuilder labels = new StringBuilder("\"first\":\"\"");
        for (int i = 0; i < count; i++) {
            labels.append(",\"l").append(i).append("\":\"\"");
        }
        return labels.toString();
    }
}
