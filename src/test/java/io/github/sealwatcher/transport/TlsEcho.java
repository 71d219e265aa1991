package io.github.sealwatcher.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A TLS server on loopback that sends back what it receives. */
public final class TlsEcho implements AutoCloseable {

    private static final char[] NO_PASSWORD = new char[0];

    private final SSLServerSocket server;
    private final List<String> spoken = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(body -> {
        Thread thread = new Thread(body, "tls-echo");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param clients who signs the certificates that clients must show; null if they needn't
     * @param protocols which to speak
     */
    public TlsEcho(TestAuthority.Identity identity, TestAuthority clients, String... protocols) throws IOException {
        server = (SSLServerSocket) context(identity, clients)
                .getServerSocketFactory()
                .createServerSocket(0, 0, InetAddress.getByName("127.0.0.1"));
        server.setNeedClientAuth(clients != null);
        server.setEnabledProtocols(protocols);
        threads.execute(this::serve);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The version of TLS that each connection spoke. */
    public List<String> spoken() {
        return List.copyOf(spoken);
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    /** One that shows an identity, if it has one, and trusts an authority, if it knows one. */
    static SSLContext context(TestAuthority.Identity identity, TestAuthority trusted) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            KeyStore keyStore = empty();
            if (identity != null) {
                keyStore.setKeyEntry(
                        "own", identity.key(), NO_PASSWORD, new java.security.cert.Certificate[] {identity.certificate()
                        });
            }
            keys.init(keyStore, NO_PASSWORD);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            KeyStore trustStore = empty();
            if (trusted != null) {
                trustStore.setCertificateEntry("authority", trusted.certificate());
            }
            trust.init(trusted == null ? null : trustStore);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private void serve() {
        try {
            while (true) {
                Socket socket = server.accept();
                threads.execute(() -> echo(socket));
            }
        } catch (IOException e) {
            // the test is over
            return;
        }
    }

    private void echo(Socket socket) {
        try (socket) {
            spoken.add(((SSLSocket) socket).getSession().getProtocol());
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                socket.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // the client doesn't like us, or we don't like it
            return;
        }
    }
}
