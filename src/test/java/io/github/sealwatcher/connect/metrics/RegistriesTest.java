package io.github.sealwatcher.connect.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.junit.jupiter.api.Test;

class RegistriesTest {

    private static final TaskIdentity TASK = new TaskIdentity("pod:man", "3", false);

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    private final AtomicInteger value = new AtomicInteger(7);
    private final List<Gauge> gauges = List.of(new Gauge("connected", "whether it answers", value::get));

    @Test
    void workerWithoutPluginMetricsGetsBeans() throws Exception {
        SourceTaskContext old = context(() -> {
            throw new NoSuchMethodError("pluginMetrics");
        });
        ObjectName host =
                new ObjectName("io.github.sealwatcher:type=podman-source,connector=\"pod:man\",task=3,host=web-1");
        ObjectName task = new ObjectName("io.github.sealwatcher:type=podman-source,connector=\"pod:man\",task=3");
        try (MetricsRegistry registry = Registries.of(old, TASK)) {
            registry.register(null, gauges);
            registry.register("web-1", gauges);

            assertThat(beans.getAttribute(task, "connected")).isEqualTo(7);
            value.set(8);
            assertThat(beans.getAttribute(host, "connected")).isEqualTo(8);
            assertThat(beans.getMBeanInfo(host).getAttributes())
                    .extracting(info -> info.getName() + ": " + info.getDescription())
                    .containsExactly("connected: whether it answers");
            assertThatThrownBy(() -> beans.getAttribute(host, "nonsense")).hasMessageContaining("no metric nonsense");
        }
        assertThat(beans.isRegistered(host)).isFalse();
        assertThat(beans.isRegistered(task)).isFalse();
    }

    @Test
    void hangingTaskDoesNotKeepTheMetricNamesOfTheNext() throws Exception {
        ObjectName name = new ObjectName("io.github.sealwatcher:type=podman-source,connector=c,task=0");
        var first = new BeanRegistry("c", "0");
        var second = new BeanRegistry("c", "0");
        first.register(null, gauges);
        second.register(null, List.of(new Gauge("connected", "", () -> 1)));
        first.close();

        assertThat(beans.getAttribute(name, "connected")).isEqualTo(1);
        second.close();
        assertThat(beans.isRegistered(name)).isFalse();
    }

    @Test
    void workerWithPluginMetricsGetsAllInItsOwnRegistry() {
        try (var metrics = new Metrics()) {
            var plugin = new PluginMetricsImpl(metrics, Map.of("connector", "c", "task", "3"));
            try (MetricsRegistry registry = Registries.of(context(() -> plugin), TASK)) {
                registry.register(null, gauges);
                registry.register("web-1", gauges);

                assertThat(value(metrics, Map.of("connector", "c", "task", "3")))
                        .isEqualTo(7);
                assertThat(value(metrics, Map.of("connector", "c", "task", "3", "host", "web-1")))
                        .isEqualTo(7);
                // Nothing that goes wrong with metrics fails the task.
                registry.register("web-1", gauges);
            }
            assertThat(metrics.metrics().keySet()).extracting(MetricName::name).doesNotContain("connected");
        }
    }

    private static Object value(Metrics metrics, Map<String, String> tags) {
        return metrics.metrics()
                .get(metrics.metricName("connected", "plugins", "whether it answers", tags))
                .metricValue();
    }

    private interface Offer {
        PluginMetrics give();
    }

    private static SourceTaskContext context(Offer offer) {
        return (SourceTaskContext) Proxy.newProxyInstance(
                RegistriesTest.class.getClassLoader(),
                new Class<?>[] {SourceTaskContext.class},
                (proxy, method, arguments) -> offer.give());
    }
}
