package io.github.sealwatcher.connect.offset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import java.io.IOException;
import java.util.Map;

/** What reads stored offsets, which an operator may have written. */
public final class OffsetTargets {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private OffsetTargets() {}

    /** A JSON object: refused naming a field, or a checkpoint that can be stored and read again. */
    public static void offset(byte[] bytes) {
        Map<String, Object> offset;
        try {
            offset = MAPPER.readValue(bytes, new TypeReference<>() {});
        } catch (IOException e) {
            return;
        }
        if (offset == null) {
            return;
        }
        Checkpoint checkpoint;
        try {
            checkpoint = Offsets.decode(offset);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining(": ");
            return;
        }
        Map<String, Object> stored = Offsets.encode(checkpoint, 1_000_000_000L, OffsetNotes.of(offset));
        assertThat(Offsets.decode(stored).positionNs()).isEqualTo(checkpoint.positionNs());
        assertThat(Offsets.decode(stored).portfolio().total())
                .isEqualTo(checkpoint.portfolio().total());
    }
}
