package io.github.sealwatcher.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.watch.Emission;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OutboxTest {

    private static final HostName HOST = new HostName("h");
    private static final HostName OTHER = new HostName("other");
    private static final long LARGE = 1 << 30;
    /** Enough to be a load. */
    private static final int LARGE_BATCH = 100;

    private final Outbox outbox = new Outbox(3, LARGE);

    @AfterEach
    void close() {
        outbox.close();
    }

    @Test
    void drainsInOrder() throws InterruptedException {
        outbox.put(emission(1, 1));
        outbox.put(emission(2, 1));
        assertThat(outbox.drain(10, 0)).extracting(OutboxTest::number).containsExactly(1L, 2L);
        assertThat(outbox.drain(10, 0)).isEmpty();
    }

    @Test
    void neverSplitsAnEmission() throws InterruptedException {
        outbox.put(emission(1, 2));
        outbox.put(emission(2, 1));
        assertThat(outbox.drain(1, 0)).extracting(OutboxTest::number).containsExactly(1L);
        assertThat(outbox.size()).isEqualTo(1);
    }

    @Test
    void oversizedEmissionEntersAnEmptyOutbox() throws Exception {
        assertThat(outbox.put(emission(1, 100))).isTrue();
        Put second = new Put(emission(2, 1));
        second.awaitBlocked();
        assertThat(outbox.drain(1, 0)).extracting(OutboxTest::number).containsExactly(1L);
        assertThat(second.result()).isTrue();
    }

    @Test
    void blocksWhenItsBytesAreFull() throws Exception {
        HostEmission first = emission(1, 1);
        try (var small = new Outbox(1_000, first.estimatedBytes())) {
            small.put(first);
            Put second = new Put(small, emission(2, 1));
            second.awaitBlocked();
            small.drain(1, 0);
            assertThat(second.result()).isTrue();
        }
    }

    @Test
    void putThatWaitsReturnsFalseWhenTheOutboxIsClosed() throws Exception {
        outbox.put(emission(1, 3));
        Put blocked = new Put(emission(2, 1));
        blocked.awaitBlocked();
        outbox.close();
        assertThat(blocked.result()).isFalse();
        assertThat(outbox.put(emission(3, 1))).isFalse();
        assertThat(outbox.drain(10, 0)).as("what was in").hasSize(1);
    }

    @Test
    void parkedErrorIsThrownAfterEarlierEmissions() throws InterruptedException {
        var first = new FatalHostException(HOST, "first", null);
        outbox.put(emission(1, 1));
        outbox.park(first);
        outbox.park(new FatalHostException(HOST, "second", null));
        assertThat(outbox.drain(10, 0)).hasSize(1);
        assertThatThrownBy(() -> outbox.drain(10, 0)).isSameAs(first);
    }

    @Test
    void waitingDrainIsWokenByAPut() throws Exception {
        var drained = new CompletableFuture<List<HostEmission>>();
        var task = new FutureTask<>(() -> drained.complete(outbox.drain(10, TimeUnit.MINUTES.toMillis(10))));
        Thread thread = new Thread(task, "drain");
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        outbox.put(emission(1, 1));
        assertThat(drained.get(20, TimeUnit.SECONDS)).hasSize(1);
    }

    @Test
    void lonelyEmissionIsTakenAtOnce() throws InterruptedException {
        try (var patient = patient()) {
            patient.put(emission(1, 1));
            assertThat(patient.drain(LARGE_BATCH, 0)).hasSize(1);
            patient.put(emission(2, 1));
            assertThat(patient.drain(LARGE_BATCH, 0)).hasSize(1);
        }
    }

    @Test
    void waitsForAWholeBatchUnderLoad() throws Exception {
        try (var patient = patient()) {
            patient.put(emission(1, LARGE_BATCH));
            assertThat(patient.drain(LARGE_BATCH, 0)).hasSize(1);
            patient.put(emission(2, 1));
            Drain drain = new Drain(patient);
            drain.awaitBlocked();
            patient.put(emission(3, 1));
            drain.awaitBlocked();
            patient.put(emission(4, LARGE_BATCH));
            assertThat(drain.result()).extracting(OutboxTest::number).containsExactly(2L, 3L, 4L);
        }
    }

    @Test
    void hostThatWaitsForRoomEndsTheWaitForALargerBatch() throws Exception {
        try (var patient = new Outbox(LARGE_BATCH, LARGE, System::nanoTime, TimeUnit.HOURS.toNanos(1))) {
            patient.put(emission(1, LARGE_BATCH));
            assertThat(patient.drain(LARGE_BATCH, 0)).hasSize(1);
            patient.put(emission(2, 1));
            Drain drain = new Drain(patient, 2 * LARGE_BATCH);
            drain.awaitBlocked();
            patient.put(emission(3, LARGE_BATCH - 1));
            Put third = new Put(patient, emission(4, 1));
            assertThat(drain.result()).hasSize(2);
            assertThat(third.result()).isTrue();
        }
    }

    @Test
    void hostsTakeTurns() throws InterruptedException {
        try (var many = new Outbox(10_000, LARGE)) {
            for (int i = 0; i < 1_000; i++) {
                many.put(emission(i, 1));
            }
            many.put(emission(OTHER, 7_001, 1));
            many.put(emission(OTHER, 7_002, 1));
            List<HostEmission> first = many.drain(100, 0);
            assertThat(first).as("nobody waits behind another's thousand").hasSize(100);
            assertThat(first)
                    .filteredOn(taken -> taken.host().equals(OTHER))
                    .extracting(OutboxTest::number)
                    .containsExactly(7_001L, 7_002L);
            assertThat(first)
                    .filteredOn(taken -> taken.host().equals(HOST))
                    .extracting(OutboxTest::number)
                    .isSorted();
        }
    }

    @Test
    void busyHostLeavesRoomForTheOthers() throws Exception {
        try (var many = new Outbox(100, LARGE)) {
            many.put(emission(OTHER, 1, 1));
            for (int i = 0; i < 50; i++) {
                many.put(emission(i, 1));
            }
            Put more = new Put(many, emission(50, 1));
            more.awaitBlocked();
            for (int i = 0; i < 20; i++) {
                assertThat(many.put(emission(OTHER, i, 1))).isTrue();
            }
            many.drain(100, 0);
            assertThat(more.result()).isTrue();
        }
    }

    @Test
    void largeLabelsOfOneHostLeaveRoomForTheOthers() throws Exception {
        long each = emission(1, 1).estimatedBytes();
        try (var many = new Outbox(1_000, 10 * each)) {
            many.put(emission(OTHER, 1, 1));
            for (int i = 0; i < 5; i++) {
                many.put(emission(i, 1));
            }
            Put more = new Put(many, emission(5, 1));
            more.awaitBlocked();
            assertThat(many.put(emission(OTHER, 2, 1))).isTrue();
            many.drain(1_000, 0);
            assertThat(more.result()).isTrue();
        }
    }

    @Test
    void closingEndsTheWaitForALargerBatch() throws Exception {
        var patient = patient();
        patient.put(emission(1, LARGE_BATCH));
        assertThat(patient.drain(LARGE_BATCH, 0)).hasSize(1);
        patient.put(emission(2, 1));
        Drain drain = new Drain(patient);
        drain.awaitBlocked();
        patient.close();
        assertThat(drain.result()).hasSize(1);
    }

    /** One that waits for larger batches as long as it takes. */
    private static Outbox patient() {
        return new Outbox(10_000, LARGE, System::nanoTime, TimeUnit.HOURS.toNanos(1));
    }

    private static HostEmission emission(long number, int changes) {
        return emission(HOST, number, changes);
    }

    private static HostEmission emission(HostName host, long number, int changes) {
        HostChange change = HostChange.of(HostChange.Type.CONNECTED, number, null);
        return HostEmission.of(
                host,
                new Emission(
                        null, Collections.nCopies(changes, change), List.of(), number, Checkpoint.startingAt(number)));
    }

    private static long number(HostEmission emission) {
        return emission.emission().atNs();
    }

    /** A drain on a thread of its own. */
    private static final class Drain {
        private final FutureTask<List<HostEmission>> task;
        private final Thread thread;

        Drain(Outbox from) {
            this(from, LARGE_BATCH);
        }

        Drain(Outbox from, int max) {
            task = new FutureTask<>(() -> from.drain(max, 0));
            thread = new Thread(task, "drain");
            thread.start();
        }

        void awaitBlocked() {
            await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
            assertThat(task.isDone()).isFalse();
        }

        List<HostEmission> result() throws Exception {
            return task.get(20, TimeUnit.SECONDS);
        }
    }

    /** A put on a thread of its own. */
    private final class Put {
        private final FutureTask<Boolean> task;
        private final Thread thread;

        Put(HostEmission emission) {
            this(outbox, emission);
        }

        Put(Outbox into, HostEmission emission) {
            task = new FutureTask<>(() -> into.put(emission));
            thread = new Thread(task, "put");
            thread.start();
        }

        void awaitBlocked() {
            // It waits for a while at a time, so that a queue that nobody takes from is logged.
            await().until(() ->
                    Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING).contains(thread.getState()));
            assertThat(task.isDone()).isFalse();
        }

        boolean result() throws Exception {
            return task.get(20, TimeUnit.SECONDS);
        }
    }
}
