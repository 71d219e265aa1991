package io.github.sealwatcher.connect.config;

import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.transport.Address;
import io.github.sealwatcher.transport.SshKeyring;
import io.github.sealwatcher.watch.Options;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;

/** All that concerns one host, with what is set for that host alone already in place. */
public record HostConfig(
        HostEntry entry,
        ConnectionConfig connection,
        SshConfig ssh,
        TlsConfig tls,
        WatchConfig watch,
        DetailConfig detail,
        ContainerFilter filter) {

    private static final Set<String> ALWAYS_REPORTED = Set.of("start", "die", "pause", "unpause", "pod_association");

    static HostConfig from(HostEntry entry, AbstractConfig values) {
        return new HostConfig(
                entry,
                ConnectionConfig.from(values),
                SshConfig.from(values),
                TlsConfig.from(values),
                WatchConfig.from(values),
                DetailConfig.from(values),
                FilterConfig.from(values).filter());
    }

    /**
     * Reads the keys and certificates that are needed to reach this host.
     *
     * @param keyring holds the private keys that several hosts share
     * @throws InvalidSettingException naming the key whose file can't be used
     */
    public void checkCredentials(SshKeyring keyring) {
        switch (entry.address().kind()) {
            case SSH -> ssh.check(keyring);
            case TLS -> tls.check();
            case UNIX, TCP -> {
                // They have none.
            }
        }
    }

    /** Whether whoever answers is taken to be this host. */
    public boolean trustsAnybody() {
        return entry.address().kind() == Address.Kind.SSH && !ssh.strict();
    }

    public HostName name() {
        return entry.name();
    }

    /**
     * The options for the core.
     *
     * @param jitterSeed any bits, different for each host and each start
     */
    public Options options(TopicsConfig topics, long jitterSeed) {
        Set<String> actions = new HashSet<>(topics.types());
        actions.removeAll(ALWAYS_REPORTED);
        return new Options(
                watch.overlapNs(),
                watch.resyncNs(),
                Options.DEFAULT_SETTLE_NS,
                watch.pingNs(),
                watch.heartbeatNs(),
                watch.backoff(),
                watch.snapshot(),
                watch.onGap(),
                detail.inspect(),
                new Options.Actions(topics.allTypes(), actions),
                filter,
                jitterSeed);
    }
}
