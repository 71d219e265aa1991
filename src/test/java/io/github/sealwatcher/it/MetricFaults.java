package io.github.sealwatcher.it;

import static io.github.sealwatcher.it.MonitoredWorker.HOST;
import static io.github.sealwatcher.it.MonitoredWorker.OTHER_HOST;

import io.github.sealwatcher.fault.FakeContainer;
import io.github.sealwatcher.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/** Faults, one after the other, and what each must do to which metrics of a running worker. */
final class MetricFaults {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final MonitoredWorker worker;
    private final List<MetricChange> changes = new ArrayList<>();
    private FakeContainer web;
    private FakeContainer db;

    /** A metric that a fault changes: what its value must be, by the one before. */
    private record Expected(String host, String metric, BiPredicate<Double, Double> change) {}

    MetricFaults(MonitoredWorker worker) {
        this.worker = worker;
    }

    /** Inflicts all; what each changed. */
    List<MetricChange> run() {
        snapshot();
        events();
        lines();
        losses();
        slowness();
        inventory();
        queue();
        return changes;
    }

    /** Which of the host's (or, without a host, of the task's) metrics changed as they must. */
    Set<String> seen(boolean ofHost) {
        Set<String> seen = new LinkedHashSet<>();
        changes.stream()
                .filter(change -> change.isOfHost() == ofHost && change.passed())
                .forEach(change -> seen.add(change.metric()));
        return seen;
    }

    private void snapshot() {
        web = worker.host().host().run(FakeContainer.created("web"));
        db = worker.host().host().run(FakeContainer.created("db"));
        worker.host().hang("/containers/" + web.id());
        expect(
                "the connector is created; of two containers one doesn't answer an inspect",
                () -> worker.start(),
                ofHost("connected", is(1)),
                ofHost("snapshot-running", is(1)),
                ofTask("hosts", is(1)),
                ofTask("hosts-connected", is(1)));
        expect(
                "it answers",
                () -> {
                    worker.host().behave();
                    worker.host().dropConnections();
                },
                ofHost("synchronized", is(1)),
                ofTask("hosts-synchronized", is(1)),
                ofHost("snapshot-running", is(0)),
                ofHost("events-snapshot-total", is(2)),
                ofHost("alive-containers", is(2)),
                ofHost("offset-bytes", grows()),
                ofTask("records-total", grows()));
    }

    private void events() {
        expect(
                "a container starts",
                () -> worker.host().host().run(FakeContainer.created("live")),
                ofHost("events-live-total", by(1)),
                ofHost("alive-containers", by(1)),
                ofHost("last-event-age-ms", (before, after) -> after < 2000),
                ofHost("offset-bytes", grows()));
        expect(
                "a container is paused; no topic wants it",
                () -> web = worker.host().host().pause(web),
                ofHost("events-filtered-total", by(1)));
        expect(
                "a container has a label of 20 kB",
                () -> worker.host()
                        .host()
                        .run(FakeContainer.created("large").withLabels(Map.of("large", "x".repeat(20_000)))),
                ofHost("truncated-records-total", grows()));
    }

    private void lines() {
        expect(
                "a line of the stream isn't JSON",
                () -> worker.host().host().emitLine("not JSON"),
                ofHost("bad-lines-total", grows()));
        expect(
                "Podman cuts its log",
                () -> worker.host().host().emitSystem("log-rotation"),
                ofHost("log-rotations-total", grows()));
    }

    private void losses() {
        expect(
                "the host is killed",
                () -> worker.host().kill(),
                ofHost("connected", is(0)),
                ofHost("synchronized", is(0)),
                ofTask("hosts-connected", is(0)),
                ofTask("hosts-synchronized", is(0)),
                ofHost("disconnects-total", by(1)),
                ofHost("connect-failures-total", grows()));
        expect(
                "it is back; a container has died meanwhile",
                () -> {
                    worker.host().host().die(db, 0);
                    worker.host().listen();
                },
                ofHost("connected", is(1)),
                ofHost("synchronized", is(1)),
                ofHost("events-replay-total", by(1)),
                ofHost("alive-containers", by(-1)));
        expect(
                "the same once more, and history is lost",
                () -> {
                    worker.host().kill();
                    worker.host().host().die(web, 0);
                    worker.host().host().forgetHistory();
                    worker.host().listen();
                },
                ofHost("history-gaps-total", grows()),
                ofHost("history-gap-ms-total", grows()),
                ofHost("events-reconciled-total", by(1)));
    }

    private void slowness() {
        expect(
                "each answer takes 1.5 s",
                () -> worker.host().latency(Duration.ofMillis(1500)),
                ofHost("ping-ms-max", (before, after) -> after >= 1500 && after > before),
                ofHost("ping-ms-avg", grows()),
                ofHost("resync-ms-max", (before, after) -> after >= 1500 && after > before),
                ofHost("resync-ms-avg", grows()));
        worker.host().latency(Duration.ZERO);
    }

    private void inventory() {
        expect("the inventory is spoilt", () -> worker.spoilInventory(), ofTask("inventory-readable", is(0)));
        expect(
                "it is repaired, with a host more",
                () -> worker.follow(HOST, OTHER_HOST),
                ofTask("inventory-readable", is(1)),
                ofTask("hosts", is(2)),
                ofTask("hosts-connected", is(2)));
        expect(
                "a host is removed from it",
                () -> worker.follow(HOST),
                ofTask("hosts", is(1)),
                ofTask("hosts-removed-total", is(1)));
    }

    private void queue() {
        expect(
                "the broker is frozen, and a hundred containers start and die",
                () -> {
                    worker.cluster().freezeBroker();
                    churn("frozen", 100);
                },
                ofTask("queue-size", is(20)),
                ofTask("queue-bytes", grows()),
                ofTask("queue-blocked-ms-total", (before, after) -> after > before + 2000));
        expect(
                "it goes on",
                () -> worker.cluster().thawBroker(),
                ofTask("queue-size", is(0)),
                ofHost("lag-ms-max", (before, after) -> after > 2000 && after > before),
                ofHost("lag-ms", (before, after) -> after > 1000 && after > before),
                ofTask("batch-size-max", (before, after) -> after >= 10),
                ofTask("batch-size-avg", grows()));
        expect(
                "max.queue.size is 40",
                () -> worker.configure("max.queue.size", "40"),
                ofTask("queue-capacity", is(40)));
    }

    private void churn(String name, int count) {
        for (int i = 0; i < count; i++) {
            var container = worker.host().host().run(FakeContainer.created(name + i));
            worker.host().host().die(container, 0);
            worker.host().host().remove(container);
        }
    }

    private void expect(String fault, Runnable inflict, Expected... expected) {
        double[] before = new double[expected.length];
        for (int i = 0; i < before.length; i++) {
            before[i] = changes.isEmpty() ? Double.NaN : value(expected[i]);
        }
        inflict.run();
        for (int i = 0; i < before.length; i++) {
            Expected one = expected[i];
            double was = before[i];
            var last = new double[] {Double.NaN};
            boolean passed = Await.within(LIMIT, () -> {
                last[0] = value(one);
                return one.change().test(was, last[0]);
            });
            var change = new MetricChange(fault, one.host() != null, one.metric(), was, last[0], passed);
            System.out.println(change);
            changes.add(change);
        }
    }

    private double value(Expected one) {
        return worker.metrics().value(one.host(), one.metric());
    }

    private static Expected ofHost(String metric, BiPredicate<Double, Double> change) {
        return new Expected(HOST, metric, change);
    }

    private static Expected ofTask(String metric, BiPredicate<Double, Double> change) {
        return new Expected(null, metric, change);
    }

    private static BiPredicate<Double, Double> is(double value) {
        return (before, after) -> after == value;
    }

    private static BiPredicate<Double, Double> by(double difference) {
        return (before, after) -> after == before + difference;
    }

    private static BiPredicate<Double, Double> grows() {
        return (before, after) -> after > (Double.isNaN(before) ? 0 : before);
    }
}
