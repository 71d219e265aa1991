package io.github.sealwatcher.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.sealwatcher.fault.FakeContainer;
import io.github.sealwatcher.fault.FakePodman;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a task's metrics say before and after each fault. */
@Timeout(60)
class MetricsTest {

    private static final String TASK = "io.github.sealwatcher:type=podman-source,connector=metrics-test,task=0";
    private static final String HOST = TASK + ",host=edge-1";

    private final FakePodman podman = FakePodman.start();
    private StartedPodmanSourceTask task;

    @BeforeEach
    void start() {
        task = start(Map.of());
    }

    @AfterEach
    void close() {
        task.close();
        podman.close();
    }

    @Test
    void namesAreThoseOfTheContract() throws JMException {
        assertThat(names(TASK)).containsAll(MetricNames.TASK);
        assertThat(names(HOST)).containsAll(MetricNames.HOST);
    }

    @Test
    void lostAndRecoveredHostIsVisible() {
        until(HOST, "connected", 1);
        until(HOST, "synchronized", 1);
        until(TASK, "hosts-synchronized", 1);
        assertThat(value(HOST, "disconnects-total")).isZero();

        podman.kill();

        until(HOST, "connected", 0);
        assertThat(value(HOST, "synchronized")).isZero();
        assertThat(value(TASK, "hosts-connected")).isZero();
        assertThat(value(TASK, "hosts")).isEqualTo(1);
        assertThat(value(HOST, "disconnects-total")).isEqualTo(1);
        await().until(() -> value(HOST, "connect-failures-total") >= 2);

        podman.listen();

        until(HOST, "connected", 1);
        until(HOST, "synchronized", 1);
        assertThat(value(HOST, "disconnects-total")).isEqualTo(1);
        assertThat(value(HOST, "resync-ms-max")).isBetween(0.0, 10_000.0);
        assertThat(value(HOST, "ping-ms-max")).isBetween(0.0, 10_000.0);
    }

    @Test
    void eventsAreCountedByTheirOrigin() {
        until(HOST, "synchronized", 1);
        FakeContainer web = podman.host().run(FakeContainer.created("web"));

        until(HOST, "events-live-total", 1);
        until(HOST, "alive-containers", 1);
        assertThat(value(HOST, "lag-ms")).isBetween(0.0, 10_000.0);
        assertThat(value(HOST, "lag-ms-max")).isGreaterThanOrEqualTo(value(HOST, "lag-ms"));
        assertThat(value(HOST, "last-event-age-ms")).isBetween(0.0, 10_000.0);
        assertThat(value(HOST, "offset-bytes")).isGreaterThan(20);
        assertThat(value(TASK, "records-total")).isGreaterThanOrEqualTo(4);
        assertThat(value(TASK, "batch-size-max")).isGreaterThanOrEqualTo(1);

        podman.kill();
        podman.host().die(web, 0);
        podman.listen();

        until(HOST, "events-replay-total", 1);
        until(HOST, "alive-containers", 0);
        assertThat(value(HOST, "events-snapshot-total")).isZero();
    }

    @Test
    void historyGapIsVisible() {
        FakeContainer web = podman.host().run(FakeContainer.created("web"));
        until(HOST, "alive-containers", 1);
        assertThat(value(HOST, "history-gaps-total")).isZero();

        podman.kill();
        podman.host().die(web, 0);
        podman.host().forgetHistory();
        podman.listen();

        until(HOST, "history-gaps-total", 1);
        until(HOST, "events-reconciled-total", 1);
        assertThat(value(HOST, "history-gap-ms-total")).isGreaterThanOrEqualTo(0);
    }

    @Test
    void badLinesAndRotationsAreCounted() {
        until(HOST, "synchronized", 1);
        podman.host().emitLine("not JSON");
        podman.host().emitSystem("log-rotation");

        await().until(() -> value(HOST, "bad-lines-total") >= 1);
        await().until(() -> value(HOST, "log-rotations-total") >= 1);
    }

    @Test
    void unwantedEventsAreCounted() {
        task.close();
        task = start(Map.of("events.include", "die", "state.topic.enabled", "false"));
        until(HOST, "synchronized", 1);
        podman.host().run(FakeContainer.created("web"));

        until(HOST, "events-filtered-total", 1);
        assertThat(value(HOST, "events-live-total")).isZero();
    }

    @Test
    void blockedQueueIsVisible() throws InterruptedException {
        task.close();
        task = start(Map.of("max.queue.size", "1", "max.batch.size", "1"));
        podman.host().run(FakeContainer.created("web"));
        podman.host().run(FakeContainer.created("db"));

        await().until(() -> value(TASK, "queue-blocked-ms-total") > 50);
        assertThat(value(TASK, "queue-size")).isGreaterThanOrEqualTo(1);
        assertThat(value(TASK, "queue-bytes")).isGreaterThan(100);
        assertThat(value(TASK, "queue-capacity")).isEqualTo(1);

        until(HOST, "alive-containers", 2);
        for (int i = 0; i < 5; i++) {
            task.poll();
        }
        assertThat(value(TASK, "queue-size")).isZero();
    }

    @Test
    void hostMetricsCanBeDisabled() {
        task.close();
        task = start(Map.of("metrics.per.host", "false"));

        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(name(TASK)))
                .isTrue();
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(name(HOST)))
                .isFalse();
        task.close();
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(name(TASK)))
                .isFalse();
    }

    private StartedPodmanSourceTask start(Map<String, String> properties) {
        return TaskOnFakePodman.start(podman, "metrics-test", properties);
    }

    /** Polls until a metric has that value. */
    private void until(String bean, String metric, double expected) {
        await(metric).atMost(Duration.ofSeconds(30)).until(() -> {
            task.poll();
            return value(bean, metric) == expected;
        });
    }

    private static List<String> names(String bean) throws JMException {
        return Arrays.stream(ManagementFactory.getPlatformMBeanServer()
                        .getMBeanInfo(name(bean))
                        .getAttributes())
                .map(MBeanAttributeInfo::getName)
                .toList();
    }

    private static double value(String bean, String metric) {
        try {
            return ((Number) ManagementFactory.getPlatformMBeanServer().getAttribute(name(bean), metric)).doubleValue();
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }

    private static ObjectName name(String text) {
        try {
            return new ObjectName(text);
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }
}
