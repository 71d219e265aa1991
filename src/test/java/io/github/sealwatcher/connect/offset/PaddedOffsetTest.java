package io.github.sealwatcher.connect.offset;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.checkpoint.EndedLife;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePVector;

/** A stored text with a byte too many is garbled, however well the rest of it reads. */
class PaddedOffsetTest {

    private static final long NOW_NS = 1_795_000_000_000_000_000L;

    @ParameterizedTest
    @ValueSource(strings = {"known", "unconfirmed", "shown"})
    void byteBehindTheEndIsRejected(String field) {
        Checkpoint checkpoint = ManyContainers.of(5, 2, 1_000, 3)
                .unconfirmed(TreePVector.singleton(new EndedLife(
                        new ContainerId("a".repeat(64)), Life.exact(NOW_NS, 7), NOW_NS + 1, false, false)))
                .withShown(HashTreePMap.singleton(new ContainerId("b".repeat(64)), Life.exact(NOW_NS, 8)));
        Map<String, Object> offset = new HashMap<>(Offsets.encode(checkpoint, 1_000, OffsetNotes.NONE));
        assertThatCode(() -> Offsets.decode(offset)).doesNotThrowAnyException();

        byte[] bytes = Base85.decode((String) offset.get(field));
        offset.put(field, Base85.encode(Arrays.copyOf(bytes, bytes.length + 1)));

        assertThatThrownBy(() -> Offsets.decode(offset))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(field + ": ");
    }
}
