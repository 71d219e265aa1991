package io.github.sealwatcher.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The connector's metrics as a running worker shows them by JMX, under the name that its version gives them. */
final class WorkerMetrics implements AutoCloseable {

    private final String connector;
    private final int port;
    private JMXConnector connection;

    /** @param port of a worker that was started with {@link #jvmOptions} */
    WorkerMetrics(String connector, int port) {
        this.connector = connector;
        this.port = port;
    }

    static List<String> jvmOptions(int port) {
        return List.of(
                "-Dcom.sun.management.jmxremote.port=" + port,
                "-Dcom.sun.management.jmxremote.host=127.0.0.1",
                "-Djava.rmi.server.hostname=127.0.0.1",
                "-Dcom.sun.management.jmxremote.authenticate=false",
                "-Dcom.sun.management.jmxremote.ssl=false");
    }

    /** The host's metric, or the task's if {@code host} is null; NaN if there is no such bean now. */
    double value(String host, String metric) {
        String tags = ",connector=" + connector + ",task=0" + (host == null ? "" : ",host=" + host);
        for (String domain : List.of("kafka.connect:type=plugins", "io.github.sealwatcher:type=podman-source")) {
            try {
                return ((Number) server().getAttribute(new ObjectName(domain + tags), metric)).doubleValue();
            } catch (InstanceNotFoundException e) {
                continue;
            } catch (JMException e) {
                throw new IllegalStateException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Double.NaN;
    }

    /** The names of all metrics of the host, or of the task if {@code host} is null. */
    Collection<String> names(String host) {
        try {
            var names = new TreeSet<String>();
            String tags = "connector=" + connector + ",task=0,*";
            for (String domain : List.of("kafka.connect:type=plugins,", "io.github.sealwatcher:type=podman-source,")) {
                for (ObjectName bean : server().queryNames(new ObjectName(domain + tags), null)) {
                    String of = bean.getKeyProperty("host");
                    if (host == null ? of == null : host.equals(of)) {
                        Arrays.stream(server().getMBeanInfo(bean).getAttributes())
                                .map(MBeanAttributeInfo::getName)
                                .forEach(names::add);
                    }
                }
            }
            return names;
        } catch (JMException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private MBeanServerConnection server() throws IOException {
        if (connection == null) {
            connection = JMXConnectorFactory.connect(
                    new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi"));
        }
        return connection.getMBeanServerConnection();
    }

    @Override
    public void close() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (IOException e) {
            // The worker is gone, and the connection with it.
            connection = null;
        }
    }
}
