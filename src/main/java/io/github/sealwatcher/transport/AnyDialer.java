package io.github.sealwatcher.transport;

import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;

/** Leaves each kind of address to the one that knows it. */
final class AnyDialer implements Dialer {

    private final TlsDialer tls;
    private final SshDialer ssh;

    AnyDialer(TlsSource tls, SshOptions ssh) {
        this.tls = new TlsDialer(tls);
        this.ssh = new SshDialer(ssh);
    }

    @Override
    public Socket dial(Address address, Duration timeout, Consumer<Socket> opening) throws DialException {
        return switch (address.kind()) {
            case UNIX -> UnixDialer.dial((Address.Unix) address, timeout, opening);
            case TCP -> TcpDialer.dial((Address.Tcp) address, timeout, opening);
            case TLS -> tls.dial((Address.Tls) address, timeout, opening);
            case SSH -> ssh.dial((Address.Ssh) address, timeout, opening);
        };
    }
}
