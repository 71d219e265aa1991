package io.github.sealwatcher.transport;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.JSchRevokedHostKeyException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import io.github.sealwatcher.transport.DialException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serial;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connects to an ssh server: finds out whether it is the one that is meant, and shows it our key. */
final class SshLogin {

    /** A silent connection is asked for a sign of life this often, and given up when it gave none three times. */
    private static final int ALIVE_INTERVAL_MS = 10_000;

    private static final int ALIVE_MISSED = 3;

    private static final String JUMP =
            "; its ProxyJump or ProxyCommand in .ssh/config isn't followed, as by Podman's own"
                    + " client: let an ssh of yours listen at a Unix socket here (ssh -N -L) and name that one";

    /** As the host is called. */
    private final Address.Ssh named;
    /** What that means. */
    private final Address.Ssh address;

    private final SshAlias alias;
    private final SshOptions options;
    private final String user;
    private final JSch jsch = new JSch();

    private SshLogin(Address.Ssh named, SshAlias alias, SshOptions options) {
        this.named = named;
        this.alias = alias;
        this.options = options;
        this.address = alias.applied(named);
        this.user = address.user() == null ? options.user() : address.user();
    }

    /**
     * Returns when logged in.
     *
     * @param tcp to be connected; closing it ends the attempt, and later the session
     */
    static Session connect(Address.Ssh address, SshOptions options, Socket tcp, SshThreads threads, Duration timeout)
            throws DialException {
        SshAlias alias;
        try {
            alias = SshAlias.in(options.folder(), address.host());
        } catch (IOException e) {
            throw new DialException(
                    Reason.FAILED,
                    address.uri() + ": " + options.folder().resolve("config") + " can't be used: " + e.getMessage(),
                    e);
        }
        try {
            return new SshLogin(address, alias, options).connect(tcp, threads, timeout);
        } catch (IllegalArgumentException e) {
            throw new DialException(
                    Reason.FAILED,
                    address.uri() + ": " + options.folder().resolve("config") + " leads nowhere: " + e.getMessage(),
                    e);
        }
    }

    private Session connect(Socket tcp, SshThreads threads, Duration timeout) throws DialException {
        List<String> keys = prepare();
        @Nullable Session session = null;
        try {
            session = jsch.getSession(user, address.host(), address.port());
            session.setConfig("StrictHostKeyChecking", options.strict() ? "yes" : "no");
            session.setConfig("PreferredAuthentications", "publickey");
            session.setServerAliveInterval(ALIVE_INTERVAL_MS);
            session.setServerAliveCountMax(ALIVE_MISSED);
            session.setDaemonThread(true);
            session.setThreadFactory(threads);
            session.setSocketFactory(new Given(tcp, timeout));
            session.connect(Sockets.millis(timeout));
            return session;
        } catch (JSchException | RuntimeException e) {
            throw explained(session, keys, timeout, e);
        }
    }

    /** Reads keys and known hosts anew, so that what is put right there helps at the next attempt. */
    private List<String> prepare() throws DialException {
        String at = at();
        List<String> keys;
        try {
            keys = SshIdentity.addAllTo(jsch, options, alias.identities());
        } catch (SshIdentityException e) {
            throw new DialException(Reason.FAILED, at + "the key can't be used: " + e.getMessage(), e);
        }
        Path file = options.knownHostsFile();
        if (options.strict()) {
            // As a stream, so that the library knows no file to write to.
            try {
                jsch.setKnownHosts(new ByteArrayInputStream(KnownHosts.read(file, address)));
            } catch (NoSuchFileException e) {
                // Then no host is known; the error follows when one shows its key.
                return keys;
            } catch (IOException | JSchException e) {
                throw new DialException(
                        Reason.FAILED, at + "the known hosts " + file + " can't be read: " + e.getMessage(), e);
            }
        }
        return keys;
    }

    private DialException explained(@Nullable Session session, List<String> keys, Duration timeout, Exception e) {
        String at = at();
        if (e instanceof JSchHostKeyException) {
            HostKey shown = session == null ? null : session.getHostKey();
            return new DialException(Reason.UNTRUSTED, at + untrusted(shown, e), e);
        }
        String message = String.valueOf(e.getMessage());
        if (message.startsWith("Auth ")) {
            return new DialException(Reason.REJECTED, at + rejected(keys, message), e);
        }
        Throwable cause = e.getCause();
        if (cause instanceof NotConnected notConnected && notConnected.getCause() instanceof IOException why) {
            DialException explained = TcpDialer.explained(address, "the ssh server", timeout, why);
            return alias.jumps()
                    ? new DialException(explained.reason(), explained.getMessage() + JUMP, explained)
                    : explained;
        }
        if (cause instanceof SocketTimeoutException) {
            return new DialException(
                    Reason.TIMED_OUT,
                    at + "no answer of an ssh server within " + timeout.toMillis() + " ms; does it hang?",
                    e);
        }
        return new DialException(
                Reason.FAILED,
                at + "no ssh connection: " + message + "; is it an ssh server that listens there, and does it admit"
                        + " another connection?",
                e);
    }

    private String at() {
        return named.uri() + (named.equals(address) ? "" : " (" + address.uri() + ")") + ": ";
    }

    private String untrusted(@Nullable HostKey shown, Exception e) {
        String name = address.port() == Address.Ssh.DEFAULT_PORT
                ? address.host()
                : "[" + address.host() + "]:" + address.port();
        String key = shown == null ? "the host's key" : "the host's key " + shown.getType() + " " + fingerprint(shown);
        Path file = options.knownHostsFile();
        if (e instanceof JSchChangedHostKeyException) {
            return key + " isn't the one that " + file + " has for " + name + ": the host got a new key, or somebody"
                    + " pretends to be it; compare it with the host's own, and only if they are equal replace the old"
                    + " one (ssh-keygen -R " + name + " -f " + file + ")";
        }
        if (e instanceof JSchRevokedHostKeyException) {
            return key + " is marked as revoked in " + file + ": somebody may pretend to be the host";
        }
        return key + " isn't known: " + file + " has none for " + name + "; compare it with the host's own, and only if"
                + " they are equal add it (ssh-keyscan -p " + address.port() + " " + address.host() + " >> " + file
                + "), or name the right file (ssh.known.hosts)";
    }

    private String fingerprint(HostKey key) {
        return String.valueOf(key.getFingerPrint(jsch));
    }

    private String rejected(List<String> keys, String message) {
        String tried = keys.isEmpty()
                ? "no key was found: name one (ssh.identity)"
                : "with the keys tried: " + String.join(", ", keys)
                        + "; add the public key to that user's authorized_keys there, or name another one"
                        + " (ssh.identity)";
        return "the host doesn't let user " + user + " in, " + tried + " (" + message + ")";
    }

    /** No TCP connection came about. */
    private static final class NotConnected extends IOException {

        @Serial
        private static final long serialVersionUID = 1L;

        NotConnected(IOException cause) {
            super(cause);
        }
    }

    /** Makes the library use a socket that others can close. */
    private record Given(Socket tcp, Duration timeout) implements SocketFactory {

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            try {
                TcpDialer.connect(tcp, host, port, timeout);
            } catch (IOException e) {
                throw new NotConnected(e);
            }
            return tcp;
        }

        @Override
        public InputStream getInputStream(Socket socket) throws IOException {
            return socket.getInputStream();
        }

        @Override
        public OutputStream getOutputStream(Socket socket) throws IOException {
            return socket.getOutputStream();
        }
    }
}
