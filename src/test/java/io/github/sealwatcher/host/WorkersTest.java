package io.github.sealwatcher.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {

    private static final int PLACES = 4;
    private static final long NEVER_NS = TimeUnit.HOURS.toNanos(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void end() {
        threads.shutdownNow();
        timer.shutdownNow();
    }

    @Test
    void neverRunsMoreAtOnceThanItHasPlaces() throws InterruptedException {
        Workers workers = new Workers(threads, timer, PLACES, NEVER_NS);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1000);

        for (int i = 0; i < 1000; i++) {
            workers.run(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                running.decrementAndGet();
                done.countDown();
            });
        }

        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(most.get()).isBetween(1, PLACES);
    }

    @Test
    void hangingWorkDoesNotStopOtherWork() throws InterruptedException {
        Workers workers = new Workers(threads, timer, PLACES, TimeUnit.MILLISECONDS.toNanos(20));
        CountDownLatch cured = new CountDownLatch(1);
        CountDownLatch hanging = new CountDownLatch(10 * PLACES);
        CountDownLatch others = new CountDownLatch(100);

        for (int i = 0; i < 10 * PLACES; i++) {
            workers.run(() -> {
                hanging.countDown();
                awaitIt(cured);
            });
        }
        for (int i = 0; i < 100; i++) {
            workers.run(others::countDown);
        }

        assertThat(others.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();
        cured.countDown();
    }

    @Test
    void backgroundWorkWaits() throws InterruptedException {
        Workers workers = new Workers(threads, timer, 1, NEVER_NS);
        CountDownLatch begin = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(4);
        List<String> order = new CopyOnWriteArrayList<>();
        workers.run(() -> awaitIt(begin));
        for (String name : List.of("later 1", "later 2")) {
            workers.runLater(() -> note(order, name, done));
        }
        for (String name : List.of("1", "2")) {
            workers.run(() -> note(order, name, done));
        }

        begin.countDown();

        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(order).containsExactly("1", "2", "later 1", "later 2");
    }

    @Test
    void rejectedWorkRunsWhenAThreadIsFree() throws InterruptedException {
        AtomicInteger refusals = new AtomicInteger(3);
        Executor scarce = work -> {
            if (refusals.getAndDecrement() > 0) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            threads.execute(work);
        };
        Workers workers = new Workers(scarce, timer, PLACES, TimeUnit.MILLISECONDS.toNanos(20));
        CountDownLatch done = new CountDownLatch(2);
        workers.run(done::countDown);
        workers.runLater(done::countDown);

        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(refusals.get()).isNegative();
    }

    @Test
    void continuesAfterAnException() throws InterruptedException {
        Workers workers = new Workers(threads, timer, 1, NEVER_NS);
        CountDownLatch begin = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        workers.run(() -> {
            awaitIt(begin);
            throw new IllegalStateException("on purpose");
        });
        workers.run(done::countDown);

        begin.countDown();

        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private static void note(List<String> order, String name, CountDownLatch done) {
        order.add(name);
        done.countDown();
    }

    private static void awaitIt(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
