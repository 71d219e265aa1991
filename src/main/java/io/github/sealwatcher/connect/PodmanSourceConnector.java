package io.github.sealwatcher.connect;

import io.github.sealwatcher.connect.config.ConfigKeys;
import io.github.sealwatcher.connect.config.FollowedInventory;
import io.github.sealwatcher.connect.config.HostConfig;
import io.github.sealwatcher.connect.config.HostKeys;
import io.github.sealwatcher.connect.config.HostsConfig;
import io.github.sealwatcher.connect.config.PodmanConfig;
import io.github.sealwatcher.connect.metrics.InventoryStatus;
import io.github.sealwatcher.connect.metrics.MetricsRegistry;
import io.github.sealwatcher.connect.metrics.Registries;
import io.github.sealwatcher.connect.metrics.TaskIdentity;
import io.github.sealwatcher.connect.offset.OffsetEdit;
import io.github.sealwatcher.connect.record.HostRemoval;
import io.github.sealwatcher.engine.podman.LocalHost;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.transport.SshKeyring;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.apache.kafka.connect.util.ConnectorUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Source connector for the life of Podman containers and pods: a trail of every start, death, pause and pod membership,
 * and a table of what is alive. Each host is watched by one task; a task can watch any number of hosts.
 */
public final class PodmanSourceConnector extends SourceConnector {

    private static final Logger LOG = LoggerFactory.getLogger(PodmanSourceConnector.class);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);

    /** How long a removed host stays in a task's configuration; by then the task has reported the removal. */
    private static final Duration REMOVAL_REPORTED = Duration.ofMinutes(10);

    private Map<String, String> properties = Map.of();
    /** Written by the worker's thread at start, then by the inventory's. */
    private volatile HostSet hostSet = HostSet.NOTHING;

    private @Nullable InventoryWatcher inventory;
    private @Nullable MetricsRegistry registry;

    /** Keys for hosts that aren't there; used by the worker's thread at start, then by the inventory's. */
    private final Set<String> warnedOf = ConcurrentHashMap.newKeySet();

    /** Called by the worker, also while it looks for plugins: it must not do anything. */
    public PodmanSourceConnector() {}

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public Class<? extends Task> taskClass() {
        return PodmanSourceTask.class;
    }

    @Override
    public ConfigDef config() {
        return ConfigKeys.definition(LocalHost.local());
    }

    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        var keyring = new SshKeyring();
        var probe = new HostProbe(new PodmanEngines(keyring), PROBE_LIMIT);
        return new Config(new Validation(LocalHost.local(), probe, keyring).validate(connectorConfigs));
    }

    @Override
    public void start(Map<String, String> props) {
        LocalHost localHost = LocalHost.local();
        properties = new HashMap<>(props);
        PodmanConfig config = PodmanConfig.parse(props, localHost);
        List<HostConfig> hosts = sorted(config);
        hostSet = new HostSet(hosts, former(hosts));
        StartWarnings.log(LOG, props, localHost);
        warnOfWaitingKeys(hosts);
        LOG.info(
                "Podman source connector {} watches {}",
                version(),
                hostSet.hosts().stream().map(HostConfig::entry).toList());
        if (config.inventoryPollMs() != null) {
            String connector = properties.getOrDefault("name", "podman");
            inventory = new InventoryWatcher(
                    FollowedInventory.of(properties, () -> sorted(PodmanConfig.parse(properties, localHost))),
                    hostSet.hosts(),
                    config.inventoryPollMs(),
                    this::rewatch,
                    readable -> InventoryStatus.set(connector, readable));
            InventoryStatus.set(connector, true);
            registry = Registries.of(context, connector);
            registry.register(null, InventoryStatus.gauges(connector));
        }
    }

    private static List<HostConfig> sorted(PodmanConfig config) {
        return config.hosts().stream()
                .sorted(Comparator.comparing(host -> host.name().value()))
                .toList();
    }

    /** Hosts of an earlier configuration whose removal is still to be reported. */
    private List<HostRemoval> former(List<HostConfig> hosts) {
        OffsetStorageReader reader = context == null ? null : context().offsetStorageReader();
        if (reader == null) {
            return List.of();
        }
        List<HostName> names = hosts.stream().map(HostConfig::name).toList();
        try {
            long nowNs = HostSet.nanoseconds(Instant.now());
            Set<HostName> former = FormerHosts.find(properties.getOrDefault("name", ""), names, reader);
            if (!former.isEmpty()) {
                LOG.info("No longer configured: {}", former);
            }
            return former.stream().map(host -> new HostRemoval(host, nowNs)).toList();
        } catch (ConnectException e) {
            LOG.warn(
                    "The stored offsets cannot be read, so hosts that are no longer configured are not searched for until"
                            + " the connector is started again",
                    e);
            return List.of();
        }
    }

    /** Once for each key, however often the inventory changes. */
    private void warnOfWaitingKeys(List<HostConfig> hosts) {
        Map<String, HostName> waiting = new TreeMap<>(hostKeys(hosts).waiting());
        waiting.keySet().removeIf(key -> !warnedOf.add(key));
        if (!waiting.isEmpty()) {
            LOG.warn(
                    "These keys are for hosts that are neither in {} nor in the inventory file now; they wait until it has"
                            + " them: {}",
                    HostsConfig.HOSTS,
                    waiting.keySet());
        }
    }

    private HostKeys hostKeys(List<HostConfig> hosts) {
        return HostKeys.of(properties, hosts.stream().map(HostConfig::entry).toList(), LocalHost.local());
    }

    private void rewatch(List<HostConfig> hosts) {
        warnOfWaitingKeys(hosts);
        HostSet before = hostSet;
        hostSet = before.withHosts(hosts, Instant.now().minus(REMOVAL_REPORTED));
        FormerHosts.remember(properties.getOrDefault("name", ""), hostSet.names());
        LOG.info(
                "The inventory changed: {} hosts instead of {}; removed: {}",
                hosts.size(),
                before.hosts().size(),
                hostSet.removals());
        context().requestTaskReconfiguration();
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        HostSet now = hostSet;
        List<HostConfig> hosts = now.hosts();
        List<Map<String, String>> configs = new ArrayList<>();
        // Sorted and cut into even runs: one host more or less moves at most one host from each task to the next.
        Map<String, HostName> owners = hostKeys(hosts).owners();
        List<List<HostConfig>> groups = ConnectorUtils.groupPartitions(hosts, Math.min(maxTasks, hosts.size()));
        for (int task = 0; task < groups.size(); task++) {
            Map<String, String> config = taskConfig(groups.get(task), owners);
            HostRing.put(config, groups, task);
            TaskIdentity.put(config, task, properties.get(HostsConfig.FILE) != null);
            int reporting = task;
            HostRemoval.put(
                    config,
                    now.removals().stream()
                            .filter(removal -> HostRing.taskOf(removal.host(), groups) == reporting)
                            .toList());
            configs.add(config);
        }
        return configs;
    }

    @Override
    public void stop() {
        InventoryWatcher last = inventory;
        inventory = null;
        if (last != null) {
            last.close();
            InventoryStatus.forget(properties.getOrDefault("name", "podman"));
        }
        if (registry != null) {
            registry.close();
        }
    }

    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    /** A snapshot in one transaction, everything else in one a batch. */
    @Override
    public ConnectorTransactionBoundaries canDefineTransactionBoundaries(Map<String, String> connectorConfig) {
        return ConnectorTransactionBoundaries.SUPPORTED;
    }

    /** Accepts what a task can resume from, for hosts that are configured, and any removal; asks no host. */
    @Override
    public boolean alterOffsets(Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
        var edit = new OffsetEdit(configured(connectorConfig), System.currentTimeMillis());
        offsets.forEach(edit::check);
        return true;
    }

    /** Null if that cannot be known here and now: this worker may lack the inventory. */
    private static @Nullable Set<HostName> configured(Map<String, String> connectorConfig) {
        try {
            return PodmanConfig.parse(connectorConfig, LocalHost.local()).hosts().stream()
                    .map(HostConfig::name)
                    .collect(Collectors.toSet());
        } catch (ConfigException e) {
            LOG.warn("Offsets are altered without a check of their hosts' names: {}", e.getMessage());
            return null;
        }
    }

    /** The hosts are named here and for good: the worker of the task may be another machine, with another default. */
    private Map<String, String> taskConfig(List<HostConfig> group, Map<String, HostName> owners) {
        Set<HostName> names = group.stream().map(HostConfig::name).collect(Collectors.toSet());
        Map<String, String> config = new HashMap<>(properties);
        // Also those of hosts that aren't there: a task knows no inventory for which they could wait.
        config.keySet().removeIf(key -> key.startsWith(HostKeys.PREFIX) && !names.contains(owners.get(key)));
        config.remove(HostsConfig.FILE);
        config.remove(HostsConfig.FILE_POLL);
        config.put(
                HostsConfig.HOSTS,
                group.stream().map(host -> host.entry().toString()).collect(Collectors.joining(",")));
        return config;
    }
}
