package io.github.sealwatcher.connect.config;

import io.github.sealwatcher.engine.podman.LocalHost;
import io.github.sealwatcher.transport.Address;
import io.github.sealwatcher.transport.Secret;
import io.github.sealwatcher.transport.SshIdentity;
import io.github.sealwatcher.transport.SshIdentityException;
import io.github.sealwatcher.transport.SshKeyring;
import io.github.sealwatcher.transport.SshOptions;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * How hosts behind ssh are reached.
 *
 * @param identity the private key's file; null for what Podman's and OpenSSH's own clients would take
 * @param knownHosts the file; null for that of the worker's user
 */
public record SshConfig(
        @Nullable String identity,
        @Nullable Secret passphrase,
        @Nullable String knownHosts,
        boolean strict) {

    static final String IDENTITY = "ssh.identity";
    static final String PASSPHRASE = "ssh.identity.passphrase";
    static final String KNOWN_HOSTS = "ssh.known.hosts";
    public static final String STRICT = "ssh.strict.host.key.checking";

    static ConfigSection section(LocalHost localHost) {
        ConfigKey.ShownIf shown = HostsConfig.hasHostAt(Address.Kind.SSH, localHost);
        List<ConfigKey> keys = List.of(
                ConfigKey.file(
                                IDENTITY,
                                "Private key",
                                "The file with the private key for hosts at ssh:// addresses, in OpenSSH's or PEM form."
                                        + " Empty: the one that the environment's CONTAINER_SSHKEY names, else the"
                                        + " IdentityFile that .ssh/config has for the host, else every id_* in the .ssh"
                                        + " folder of the worker's user. An agent is never asked.")
                        .rated(Importance.HIGH),
                ConfigKey.secret(
                                PASSPHRASE,
                                "Passphrase of the private key",
                                "The passphrase of the private key, if it has one.")
                        .rated(Importance.HIGH),
                ConfigKey.file(
                        KNOWN_HOSTS,
                        "Known hosts",
                        "The file with the keys of the hosts, in OpenSSH's known_hosts form. It is never written to."
                                + " Empty: known_hosts in the .ssh folder of the worker's user."),
                ConfigKey.flag(
                                STRICT,
                                true,
                                "Check host keys",
                                "Whether a host that isn't in the known hosts, or shows another key than theirs, is"
                                        + " refused. false: any key is accepted, which leaves the"
                                        + " connection open to man-in-the-middle attacks; for tests only.")
                        .rated(Importance.LOW));
        return new ConfigSection(
                "SSH", true, keys.stream().map(key -> key.shownIf(shown)).toList());
    }

    static SshConfig from(AbstractConfig values) {
        Password passphrase = values.getPassword(PASSPHRASE);
        return new SshConfig(
                values.getString(IDENTITY),
                passphrase == null ? null : new Secret(passphrase.value()),
                values.getString(KNOWN_HOSTS),
                values.getBoolean(STRICT));
    }

    public SshOptions options(SshKeyring keyring) {
        return SshOptions.ofThisUser()
                .withKeyring(keyring)
                .withIdentity(identity == null ? null : Path.of(identity), passphrase)
                .withKnownHosts(knownHosts == null ? null : Path.of(knownHosts), strict);
    }

    /** @throws InvalidSettingException if the key that is named can't be used */
    void check(SshKeyring keyring) {
        try {
            SshIdentity.check(options(keyring));
        } catch (SshIdentityException e) {
            throw new InvalidSettingException(
                    e.isOfPassphrase() ? PASSPHRASE : IDENTITY, String.valueOf(e.getMessage()));
        }
    }
}
