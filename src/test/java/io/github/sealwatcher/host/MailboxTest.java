package io.github.sealwatcher.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.watch.Input;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MailboxTest {

    private static final int MANY = 5_000;

    private final Mailbox mailbox = new Mailbox();

    @AfterEach
    void close() {
        mailbox.close();
    }

    @Test
    void answersGoFirstThenHistoryThenTheStream() throws InterruptedException {
        mailbox.putStreamed(heard(1));
        mailbox.putReplayed(new Input.EventReplayed(1, event(2)));
        mailbox.answer(new Input.Tick());
        assertThat(mailbox.poll(false, false)).isInstanceOf(Input.Tick.class);
        assertThat(mailbox.poll(false, false)).isInstanceOf(Input.EventReplayed.class);
        assertThat(mailbox.poll(false, false)).isEqualTo(heard(1));
        assertThat(mailbox.poll(false, false)).isNull();
    }

    @Test
    void congestedCoreStillGetsAnswers() throws InterruptedException {
        mailbox.putStreamed(heard(1));
        mailbox.putReplayed(new Input.EventReplayed(1, event(2)));
        assertThat(mailbox.has(true, true)).isFalse();
        assertThat(mailbox.poll(true, true)).isNull();
        assertThat(mailbox.has(true, false)).isTrue();
        mailbox.answer(new Input.Tick());
        assertThat(mailbox.has(true, true)).isTrue();
        assertThat(mailbox.poll(true, true)).isInstanceOf(Input.Tick.class);
    }

    @Test
    void fullLaneBlocksItsReaderAndLosesNothing() throws Exception {
        Reader reader = new Reader();
        reader.awaitBlocked();
        assertThat(reader.posted()).isBetween(1, MANY - 1);

        mailbox.answer(new Input.Tick());
        assertThat(mailbox.poll(false, false)).as("answers are never blocked").isInstanceOf(Input.Tick.class);
        int taken = 0;
        while (taken < MANY) {
            reader.awaitBlockedOrDone();
            for (Input next = mailbox.poll(false, false); next != null; next = mailbox.poll(false, false)) {
                assertThat(next).isEqualTo(heard(taken++));
            }
        }
        assertThat(reader.result()).isTrue();
    }

    @Test
    void theEventThatFillsALaneSaysSo() throws InterruptedException {
        int added = 1;
        while (mailbox.putReplayed(new Input.EventReplayed(1, event(added))) == Mailbox.Put.ADDED) {
            added++;
        }
        assertThat(mailbox.putStreamed(heard(1))).as("the other lane has room").isEqualTo(Mailbox.Put.ADDED);
        assertThat(mailbox.poll(true, false)).isNotNull();
        assertThat(added).isLessThan(MANY);
    }

    @Test
    void answerOvertakesWhatWasTakenInHand() throws InterruptedException {
        mailbox.putStreamed(heard(1));
        mailbox.putStreamed(heard(2));
        assertThat(mailbox.poll(false, false)).isEqualTo(heard(1));
        mailbox.answer(new Input.Tick());
        mailbox.putReplayed(new Input.EventReplayed(1, event(3)));
        assertThat(mailbox.poll(false, false)).isInstanceOf(Input.Tick.class);
        assertThat(mailbox.poll(false, false)).isInstanceOf(Input.EventReplayed.class);
        assertThat(mailbox.poll(true, false)).as("the stream is left alone").isNull();
        assertThat(mailbox.has(false, true)).isTrue();
        assertThat(mailbox.poll(false, false)).isEqualTo(heard(2));
    }

    @Test
    void closingDropsWhatWasTakenInHand() throws InterruptedException {
        mailbox.putStreamed(heard(1));
        mailbox.putStreamed(heard(2));
        assertThat(mailbox.poll(false, false)).isEqualTo(heard(1));
        mailbox.close();
        assertThat(mailbox.poll(false, false)).isNull();
    }

    @Test
    void closingReleasesTheReaderAndDropsTheRest() throws Exception {
        Reader reader = new Reader();
        reader.awaitBlocked();
        mailbox.close();
        assertThat(reader.result()).isFalse();
        assertThat(mailbox.has(false, false)).isFalse();
        assertThat(mailbox.putStreamed(heard(1))).isEqualTo(Mailbox.Put.CLOSED);
    }

    private static Input heard(int number) {
        return new Input.EventReceived(1, event(number));
    }

    private static EngineEvent event(int number) {
        return EngineEvent.of("container", "start", "c" + number, Map.of(), number);
    }

    /** Posts many events of the stream on a thread of its own; ends early if the mailbox is closed. */
    private final class Reader {
        private final AtomicInteger posted = new AtomicInteger();
        private final FutureTask<Boolean> task = new FutureTask<>(this::post);
        private final Thread thread = new Thread(task, "reader");

        Reader() {
            thread.start();
        }

        private boolean post() throws InterruptedException {
            for (int i = 0; i < MANY; i++) {
                if (mailbox.putStreamed(heard(i)) == Mailbox.Put.CLOSED) {
                    return false;
                }
                posted.incrementAndGet();
            }
            return true;
        }

        int posted() {
            return posted.get();
        }

        void awaitBlocked() {
            await().until(() -> thread.getState() == Thread.State.WAITING);
        }

        void awaitBlockedOrDone() {
            await().until(() -> task.isDone() || thread.getState() == Thread.State.WAITING);
        }

        boolean result() throws Exception {
            return task.get(20, TimeUnit.SECONDS);
        }
    }
}
