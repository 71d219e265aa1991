package io.github.sealwatcher.connect.metrics;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** The JVM's MBeans: one of the task, and one of each host. */
final class BeanRegistry implements MetricsRegistry {

    private static final String DOMAIN = "io.github.sealwatcher";
    private static final Pattern PLAIN = Pattern.compile("[\\w.%-]+");

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final String connector;
    private final @Nullable String task;
    /** Guarded by this. */
    private final List<GaugeBean> registered = new ArrayList<>();

    /** @param task null if the connector itself registers */
    BeanRegistry(String connector, @Nullable String task) {
        this.connector = connector;
        this.task = task;
    }

    @Override
    public synchronized void register(@Nullable String host, List<Gauge> gauges) {
        GuardedRegistration.run(
                () -> {
                    try {
                        ObjectName name = name(host);
                        GaugeBean bean = new GaugeBean(name, gauges);
                        synchronized (BeanRegistry.class) {
                            if (server.isRegistered(name)) {
                                // A task that hangs at its end still holds the name, and its values are stale.
                                server.unregisterMBean(name);
                            }
                            server.registerMBean(bean, name);
                        }
                        registered.add(bean);
                    } catch (JMException e) {
                        throw new IllegalStateException(e);
                    }
                },
                gauges);
    }

    private ObjectName name(@Nullable String host) throws JMException {
        var name = new StringBuilder(DOMAIN)
                .append(":type=podman-source,connector=")
                .append(quoted(connector));
        if (task != null) {
            name.append(",task=").append(quoted(task));
        }
        if (host != null) {
            name.append(",host=").append(quoted(host));
        }
        return new ObjectName(name.toString());
    }

    /** As Kafka does it: only what needs it is quoted. */
    private static String quoted(String value) {
        return PLAIN.matcher(value).matches() ? value : ObjectName.quote(value);
    }

    @Override
    public synchronized void close() {
        for (GaugeBean bean : registered) {
            GuardedRegistration.run(() -> remove(bean), List.of());
        }
        registered.clear();
    }

    private void remove(GaugeBean bean) {
        synchronized (BeanRegistry.class) {
            try {
                // The bean of a later task may bear the name by now.
                if (bean.id().equals(server.getAttribute(bean.name(), GaugeBean.ID))) {
                    server.unregisterMBean(bean.name());
                }
            } catch (InstanceNotFoundException e) {
                // Somebody removed it already.
            } catch (JMException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
