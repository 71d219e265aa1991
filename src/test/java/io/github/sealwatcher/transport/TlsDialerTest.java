package io.github.sealwatcher.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sealwatcher.transport.DialException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsDialerTest extends DialerContract {

    private static final String HOST = "127.0.0.1";
    private static final String TLS_1_2 = "TLSv1.2";
    private static final String TLS_1_3 = "TLSv1.3";

    private static final TestAuthority AUTHORITY = new TestAuthority("hosts' authority");
    private static final TestAuthority CLIENTS = new TestAuthority("clients' authority");
    private static final TestAuthority STRANGER = new TestAuthority("stranger");
    private static final TestAuthority.Identity SERVER = AUTHORITY.issue("server", HOST, "localhost");
    private static final TestAuthority.Identity CLIENT = CLIENTS.issue("client");

    @Override
    Dialer dialer() {
        return dialer(CLIENT, AUTHORITY);
    }

    @Override
    Address echo() throws IOException {
        return serve(SERVER, CLIENTS, TLS_1_2, TLS_1_3);
    }

    @Override
    Address deserted() throws IOException {
        ServerSocketChannel server = listen(0);
        Address address = address(server);
        server.close();
        return address;
    }

    @Override
    Address hanging() throws IOException {
        ServerSocketChannel server = listen(1);
        // Linux queues one more than it is told.
        for (int i = 0; i < 2; i++) {
            opened.add(SocketChannel.open(server.getLocalAddress()));
        }
        return address(server);
    }

    @Test
    void silentPeerCostsTheTimeLimit() throws IOException {
        Address silent = address(listen(5));
        assertThatThrownBy(() -> dialer().dial(silent, Duration.ofMillis(200), s -> {}))
                .isInstanceOfSatisfying(
                        DialException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT))
                .hasMessageContaining("no TLS handshake within 200 ms");
    }

    @Test
    void handshakeThatIsEndedFromAnotherThreadEnds() throws Exception {
        ServerSocketChannel silent = listen(5);
        List<Socket> opening = new ArrayList<>();
        Thread closer = new Thread(() -> {
            try (SocketChannel accepted = silent.accept()) {
                opening.get(0).close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThatThrownBy(() -> dialer().dial(address(silent), Duration.ofHours(1), s -> {
                    opening.add(s);
                    closer.start();
                }))
                .isInstanceOf(DialException.class);
        closer.join();
    }

    @Test
    void namesAreCheckedToo() throws IOException {
        Address.Tls byAddress = (Address.Tls) echo();
        try (Socket socket = dial(new Address.Tls("https", "localhost", byAddress.port()))) {
            socket.getOutputStream().write(7);
            assertThat(socket.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void untrustedCertificateIsRefused() throws IOException {
        Address address = serve(STRANGER.issue("server", HOST), null, TLS_1_3);
        assertRefused(dialer(), address, Reason.UNTRUSTED, "signed by nobody we trust", "ssl.truststore");
    }

    @Test
    void expiredCertificateIsRefused() throws IOException {
        Address address = serve(AUTHORITY.issueExpired("server", HOST), null, TLS_1_3);
        assertRefused(dialer(), address, Reason.UNTRUSTED, "certificate has expired", "renew it");
    }

    @Test
    void certificateOfAnotherHostIsRefused() throws IOException {
        Address address = serve(AUTHORITY.issue("server", "other.example"), null, TLS_1_3);
        assertRefused(dialer(), address, Reason.UNTRUSTED, "isn't made out to 127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_2, TLS_1_3})
    void hostThatWantsACertificateRefusesNone(String protocol) throws IOException {
        Address address = serve(SERVER, CLIENTS, protocol);
        assertRefused(
                dialer(null, AUTHORITY), address, Reason.REJECTED, "wants to see a client certificate", "ssl.keystore");
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_2, TLS_1_3})
    void hostRefusesACertificateOfAnotherAuthority(String protocol) throws IOException {
        Address address = serve(SERVER, CLIENTS, protocol);
        assertRefused(dialer(STRANGER.issue("client"), AUTHORITY), address, Reason.REJECTED, "client certificate");
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_2, TLS_1_3})
    void hostRefusesAnExpiredCertificate(String protocol) throws IOException {
        Address address = serve(SERVER, CLIENTS, protocol);
        assertRefused(
                dialer(CLIENTS.issueExpired("client"), AUTHORITY), address, Reason.REJECTED, "client certificate");
    }

    @Test
    void serverWithoutTlsIsReported() throws IOException {
        // As Go's HTTP server does.
        ServerSocketChannel plain = listen(5);
        Thread answering = new Thread(() -> answer(plain, "HTTP/1.0 400 Bad Request\r\n\r\n"));
        answering.setDaemon(true);
        answering.start();
        assertRefused(dialer(), address(plain), Reason.FAILED, "doesn't speak TLS", "tcp://");
    }

    @Test
    void missingCommonProtocolIsReported() throws IOException {
        Address address = serve(SERVER, null, TLS_1_2);
        var parameters = parameters();
        parameters.setProtocols(new String[] {TLS_1_3});
        Dialer dialer = Dialers.of(
                () -> new TlsSettings(TlsEcho.context(null, AUTHORITY), parameters, false), SshOptions.ofThisUser());
        assertRefused(dialer, address, Reason.FAILED, "ssl.enabled.protocols");
    }

    @Test
    void unreadableSettingsAreReportedAndReadAgain() throws IOException {
        List<String> tries = new ArrayList<>();
        Dialer dialer = Dialers.of(
                () -> {
                    tries.add("once more");
                    if (tries.size() == 1) {
                        throw new IOException("no such file");
                    }
                    return new TlsSettings(TlsEcho.context(CLIENT, AUTHORITY), parameters(), true);
                },
                SshOptions.ofThisUser());
        Address address = echo();
        assertThatThrownBy(() -> dialer.dial(address, Duration.ofSeconds(5), s -> {}))
                .isInstanceOf(DialException.class)
                .hasMessage(address.uri() + ": the TLS settings can't be used: no such file");
        opened.add(dialer.dial(address, Duration.ofSeconds(5), s -> {}));
    }

    private static void answer(ServerSocketChannel server, String text) {
        try (SocketChannel channel = server.accept()) {
            channel.read(ByteBuffer.allocate(1024));
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Dialer dialer(TestAuthority.Identity own, TestAuthority trusted) {
        return Dialers.of(
                () -> new TlsSettings(TlsEcho.context(own, trusted), parameters(), own != null),
                SshOptions.ofThisUser());
    }

    private static SSLParameters parameters() {
        SSLParameters parameters = TlsEcho.context(null, null).getDefaultSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("https");
        return parameters;
    }

    /** By the dial, or, as TLS 1.3 has it, by the first read. */
    private void assertRefused(Dialer dialer, Address address, Reason reason, String... message) {
        assertThatThrownBy(() -> {
                    Socket socket = dialer.dial(address, Duration.ofSeconds(5), s -> {});
                    opened.add(socket);
                    socket.getInputStream().read();
                })
                .isInstanceOfSatisfying(
                        DialException.class,
                        e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason))
                .hasMessageStartingWith(address.uri() + ": ")
                .hasMessageContainingAll(message);
    }

    private Address serve(TestAuthority.Identity identity, TestAuthority clients, String... protocols)
            throws IOException {
        TlsEcho server = new TlsEcho(identity, clients, protocols);
        opened.add(server);
        return new Address.Tls(Address.Tls.TCP_TLS, HOST, server.port());
    }

    private ServerSocketChannel listen(int backlog) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), backlog);
        opened.add(server);
        return server;
    }

    private static Address address(ServerSocketChannel server) throws IOException {
        InetSocketAddress local = (InetSocketAddress) server.getLocalAddress();
        return new Address.Tls(Address.Tls.TCP_TLS, HOST, local.getPort());
    }
}
