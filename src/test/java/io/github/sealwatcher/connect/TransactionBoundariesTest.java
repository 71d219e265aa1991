package io.github.sealwatcher.connect;

import static io.github.sealwatcher.connect.Samples.EDGE;
import static io.github.sealwatcher.connect.Samples.NOW_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.host.HostEmission;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.watch.Emission;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.TransactionContext;
import org.junit.jupiter.api.Test;

class TransactionBoundariesTest {

    private static final HostName OTHER = new HostName("other");
    private static final Checkpoint DONE = Samples.checkpoint(7);
    private static final Checkpoint RUNNING = Checkpoint.startingAt(NOW_NS);
    private static final List<SourceRecord> SOME =
            List.of(new SourceRecord(Map.of(), Map.of(), "topic", null, null, null));
    private static final List<SourceRecord> NONE = List.of();

    private final Requests requests = new Requests();
    private long ticksNs = -5;
    private final TransactionBoundaries boundaries =
            new TransactionBoundaries(requests, Duration.ofNanos(100), () -> ticksNs);

    @Test
    void everyBatchIsATransactionOfItsOwn() {
        assertThat(batch(SOME, change(EDGE, DONE))).isEqualTo("committed");
        assertThat(batch(SOME, change(EDGE, DONE), change(OTHER, DONE))).isEqualTo("committed");
    }

    @Test
    void emptyBatchMakesNoTransaction() {
        assertThat(batch(NONE)).isEqualTo("nothing");
        assertThat(batch(NONE, change(EDGE, DONE))).isEqualTo("nothing");
    }

    @Test
    void snapshotIsOneTransactionHoweverManyBatchesItTakes() {
        assertThat(batch(SOME, word(EDGE, HostChange.Type.CONNECTED, RUNNING))).isEqualTo("committed");
        assertThat(batch(SOME, change(EDGE, RUNNING))).isEqualTo("held");
        assertThat(batch(SOME, change(EDGE, RUNNING))).isEqualTo("held");
        assertThat(batch(NONE)).isEqualTo("nothing");
        assertThat(batch(SOME, change(EDGE, RUNNING), word(EDGE, HostChange.Type.SYNCHRONIZED, DONE)))
                .isEqualTo("committed");
    }

    @Test
    void snapshotEndNeedsNoRecord() {
        assertThat(batch(SOME, change(EDGE, RUNNING))).isEqualTo("held");
        assertThat(batch(NONE, word(EDGE, HostChange.Type.SYNCHRONIZED, DONE))).isEqualTo("committed empty");
        assertThat(batch(NONE)).isEqualTo("nothing");
    }

    @Test
    void emptySnapshotHoldsNothingBack() {
        assertThat(batch(NONE, change(EDGE, RUNNING))).isEqualTo("nothing");
        assertThat(batch(NONE, word(EDGE, HostChange.Type.SYNCHRONIZED, DONE))).isEqualTo("nothing");
        assertThat(batch(SOME, change(EDGE, DONE))).isEqualTo("committed");
    }

    @Test
    void otherHostsAreHeldBackUntilAllSnapshotsAreDone() {
        assertThat(batch(SOME, change(EDGE, RUNNING), change(OTHER, RUNNING))).isEqualTo("held");
        assertThat(batch(SOME, change(OTHER, DONE))).isEqualTo("held");
        assertThat(batch(SOME, change(OTHER, DONE), change(EDGE, DONE))).isEqualTo("committed");
    }

    @Test
    void hostLostDuringItsSnapshotHoldsNothingBack() {
        assertThat(batch(SOME, change(EDGE, RUNNING))).isEqualTo("held");
        assertThat(batch(SOME, word(EDGE, HostChange.Type.DISCONNECTED, RUNNING)))
                .isEqualTo("committed");
        assertThat(batch(SOME, change(EDGE, RUNNING))).isEqualTo("held");
    }

    @Test
    void transactionsHaveALimitedDuration() {
        assertThat(batch(SOME, change(EDGE, RUNNING))).isEqualTo("held");
        ticksNs += 99;
        assertThat(batch(SOME, change(EDGE, RUNNING))).isEqualTo("held");
        ticksNs += 1;
        assertThat(batch(NONE)).isEqualTo("committed empty");
        ticksNs += 50;
        assertThat(batch(SOME, change(EDGE, RUNNING))).as("the next one").isEqualTo("held");
        ticksNs += 99;
        assertThat(batch(NONE)).isEqualTo("nothing");
        assertThat(batch(SOME, change(EDGE, DONE))).isEqualTo("committed");
    }

    @Test
    void definesNoBoundariesWhereConnectDoes() {
        TransactionBoundaries connects = TransactionBoundaries.of(null, Map.of());
        assertThat(connects.bounded(List.of(change(EDGE, RUNNING)), SOME)).isSameAs(SOME);
        assertThat(connects.bounded(List.of(change(EDGE, DONE)), NONE)).isNull();
    }

    /** What became of a batch. */
    private String batch(List<SourceRecord> records, HostEmission... taken) {
        List<SourceRecord> given = boundaries.bounded(List.of(taken), records);
        boolean committed = requests.taken();
        if (given == null) {
            // Older workers ignore what is requested along with nothing.
            assertThat(committed).isFalse();
            return "nothing";
        }
        assertThat(given).isSameAs(records);
        return committed ? given.isEmpty() ? "committed empty" : "committed" : "held";
    }

    private static HostEmission change(HostName host, Checkpoint checkpoint) {
        return HostEmission.of(host, Samples.emission(checkpoint, Samples.started()));
    }

    private static HostEmission word(HostName host, HostChange.Type type, Checkpoint checkpoint) {
        List<HostChange> reported = List.of(HostChange.of(type, NOW_NS, null));
        return HostEmission.of(host, new Emission(Samples.ENGINE, reported, List.of(), NOW_NS, checkpoint));
    }

    private static final class Requests implements TransactionContext {
        private boolean commit;

        boolean taken() {
            boolean requested = commit;
            commit = false;
            return requested;
        }

        @Override
        public void commitTransaction() {
            commit = true;
        }

        @Override
        public void commitTransaction(SourceRecord record) {
            throw new AssertionError("amidst a batch offsets aren't exact");
        }

        @Override
        public void abortTransaction() {
            throw new AssertionError("aborting drops records for good");
        }

        @Override
        public void abortTransaction(SourceRecord record) {
            throw new AssertionError("aborting drops records for good");
        }
    }
}
