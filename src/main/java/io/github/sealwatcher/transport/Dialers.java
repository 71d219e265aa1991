package io.github.sealwatcher.transport;

/** Makes dialers. */
public final class Dialers {

    private Dialers() {}

    /** Dials Unix and TCP sockets, and those behind TLS or ssh with what this process and its user have for these. */
    public static Dialer plain() {
        return of(TlsSettings::ofThisProcess, SshOptions.ofThisUser());
    }

    /**
     * Dials every kind of address. The connections that one dialer makes through ssh share an ssh connection, which ends
     * with the last of them: use one dialer for each host.
     *
     * @param tls what connections with TLS need; loaded with the first of them
     * @param ssh what connections through ssh need
     */
    public static Dialer of(TlsSource tls, SshOptions ssh) {
        return new AnyDialer(tls, ssh);
    }
}
