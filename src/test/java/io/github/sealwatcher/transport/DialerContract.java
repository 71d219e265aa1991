package io.github.sealwatcher.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sealwatcher.transport.DialException.Reason;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every kind of connection must do alike, whatever it runs over. */
@Timeout(20)
abstract class DialerContract {

    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(100);

    /** Everything that is to be closed after the test. */
    final List<AutoCloseable> opened = new ArrayList<>();

    /** A listener that accepts connections and sends back what it receives. */
    abstract Address echo() throws IOException;

    /** An address where nobody listens any more. */
    abstract Address deserted() throws IOException;

    /** A listener that accepts no connection and whose queue is full. */
    abstract Address hanging() throws IOException;

    /** What is tried. */
    Dialer dialer() {
        return Dialers.plain();
    }

    private Address echo;

    @BeforeEach
    void listen() throws IOException {
        echo = echo();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : opened) {
            closeable.close();
        }
    }

    @Test
    void carriesBytesBothWays() throws IOException {
        try (Socket socket = dial(echo)) {
            socket.getOutputStream().write(new byte[] {1, 2, 3});
            assertThat(socket.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void readThatTimesOutLeavesTheConnectionUsable() throws IOException {
        try (Socket socket = dial(echo)) {
            socket.setSoTimeout(20);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            socket.setSoTimeout(0);
            socket.getOutputStream().write(7);
            assertThat(socket.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void closeFromAnotherThreadEndsARead() throws Exception {
        Socket socket = dial(echo);
        socket.getOutputStream().write(7);
        CountDownLatch reading = new CountDownLatch(1);
        List<Object> end = new ArrayList<>();
        Thread reader = new Thread(() -> {
            try {
                socket.getInputStream().read();
                reading.countDown();
                end.add(socket.getInputStream().read());
            } catch (IOException e) {
                end.add(e);
            }
        });
        reader.start();
        reading.await();
        socket.close();
        reader.join();
        // An end of the stream or an error, as the transport likes: whoever closes it knows.
        assertThat(end).hasSize(1).allMatch(e -> e.equals(-1) || e instanceof SocketException);
    }

    @Test
    void givesEachSocketAwayBeforeItIsConnected() throws IOException {
        List<Socket> opening = new ArrayList<>();
        Socket socket = dialer().dial(echo, LONG, s -> {
            assertThat(s.isConnected()).isFalse();
            opening.add(s);
        });
        opened.add(socket);
        assertThat(opening).containsExactly(socket);
    }

    @Test
    void nothingIsConnectedOnceItsSocketIsClosed() {
        assertThatThrownBy(() -> dialer().dial(echo, LONG, DialerContract::closeNow))
                .isInstanceOf(DialException.class);
    }

    @Test
    void noListenerIsReported() throws IOException {
        Address address = deserted();
        assertThatThrownBy(() -> dial(address))
                .isInstanceOfSatisfying(
                        DialException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_LISTENING))
                .hasMessageStartingWith(address.uri() + ": nobody listens");
    }

    @Test
    void listenerThatHangsCostsTheTimeLimitAndNothingStaysOpen() throws IOException {
        Address address = hanging();
        List<Socket> opening = new ArrayList<>();
        assertThatThrownBy(() -> dialer().dial(address, SHORT, opening::add))
                .isInstanceOfSatisfying(
                        DialException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT))
                .hasMessageContaining("100 ms");
        assertThat(opening).isNotEmpty().allMatch(Socket::isClosed);
    }

    @Test
    void closeFromAnotherThreadEndsAnAttempt() throws Exception {
        Address address = hanging();
        CountDownLatch attempting = new CountDownLatch(1);
        List<Socket> opening = new ArrayList<>();
        boolean[] stopped = new boolean[1];
        List<Throwable> end = new ArrayList<>();
        Thread attempt = new Thread(() -> {
            try {
                dialer().dial(address, Duration.ofHours(1), socket -> {
                    synchronized (opening) {
                        opening.add(socket);
                        if (stopped[0]) {
                            closeNow(socket);
                        }
                    }
                    attempting.countDown();
                });
            } catch (DialException e) {
                end.add(e);
            }
        });
        attempt.start();
        attempting.await();
        synchronized (opening) {
            stopped[0] = true;
            opening.forEach(DialerContract::closeNow);
        }
        attempt.join();
        assertThat(end).hasSize(1).hasOnlyElementsOfType(DialException.class);
    }

    final Socket dial(Address address) throws IOException {
        Socket socket = dialer().dial(address, LONG, s -> {});
        opened.add(socket);
        return socket;
    }

    private static void closeNow(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
