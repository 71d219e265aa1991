package io.github.sealwatcher.transport;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who we are to an ssh server, and whether it is the one we mean. No agent is asked, and no file is ever written.
 *
 * @param user who to log in as where an address names nobody
 * @param folder where keys and known hosts are looked for if they aren't given: {@code ~/.ssh}
 * @param identity the private key's file; null for the {@code id_*} of {@code folder} that can be read
 * @param passphrase of the key; null if it has none
 * @param knownHosts the file with the keys of hosts, in OpenSSH's form; null for the one in {@code folder}
 * @param strict whether a host must be in {@code knownHosts}; if not, anybody may pretend to be it
 * @param keyring what holds the keys between connections
 */
public record SshOptions(
        String user,
        Path folder,
        @Nullable Path identity,
        @Nullable Secret passphrase,
        @Nullable Path knownHosts,
        boolean strict,
        SshKeyring keyring) {

    private static final String IDENTITY_VARIABLE = "CONTAINER_SSHKEY";

    /** What OpenSSH's and Podman's own clients would take: {@code ~/.ssh} and the environment's {@code CONTAINER_SSHKEY}. */
    public static SshOptions ofThisUser() {
        return of(System.getenv(), System.getProperty("user.name", ""), System.getProperty("user.home", ""));
    }

    static SshOptions of(Map<String, String> environment, String user, String home) {
        String identity = environment.getOrDefault(IDENTITY_VARIABLE, "");
        return new SshOptions(
                user,
                Path.of(home, ".ssh"),
                identity.isBlank() ? null : Path.of(identity),
                null,
                null,
                true,
                new SshKeyring());
    }

    /** With another key, if one is given; the passphrase is for whichever key is used. */
    public SshOptions withIdentity(@Nullable Path file, @Nullable Secret itsPassphrase) {
        return new SshOptions(user, folder, file == null ? identity : file, itsPassphrase, knownHosts, strict, keyring);
    }

    /** With another file of known hosts, if one is given. */
    public SshOptions withKnownHosts(@Nullable Path file, boolean mustBeKnown) {
        return new SshOptions(
                user, folder, identity, passphrase, file == null ? knownHosts : file, mustBeKnown, keyring);
    }

    /** With the keys that others use too, so that each is decrypted once for all of them. */
    public SshOptions withKeyring(SshKeyring shared) {
        return new SshOptions(user, folder, identity, passphrase, knownHosts, strict, shared);
    }

    Path knownHostsFile() {
        return knownHosts == null ? folder.resolve("known_hosts") : knownHosts;
    }
}
