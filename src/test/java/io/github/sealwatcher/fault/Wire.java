package io.github.sealwatcher.fault;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The fake's side of one connection. For the connection's own thread, but for {@link #cut}. */
public final class Wire {

    private final SocketChannel channel;
    private final @Nullable String version;
    private final @Nullable Supplier<String> date;
    private final CountDownLatch cut = new CountDownLatch(1);

    Wire(SocketChannel channel, @Nullable String version, @Nullable Supplier<String> date) {
        this.channel = channel;
        this.version = version;
        this.date = date;
    }

    /** A response's header; {@code framing} is one more header that says where the body ends, or is empty. */
    public void header(int status, String contentType, String framing) throws IOException {
        send("HTTP/1.1 " + status + " Whatever\r\n"
                + (date == null ? "" : "Date: " + date.get() + "\r\n")
                + (version == null ? "" : "Libpod-Api-Version: " + version + "\r\n")
                + "Content-Type: " + contentType + "\r\n"
                + (framing.isEmpty() ? "" : framing + "\r\n")
                + "\r\n");
    }

    /** The header of an event stream: sent at once, before any event. */
    public void streamHeader() throws IOException {
        header(200, "application/json", "Transfer-Encoding: chunked");
    }

    /** A whole answer. */
    public void respond(int status, String contentType, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        header(status, contentType, "Content-Length: " + bytes.length);
        send(bytes);
    }

    /** One chunk of a chunked answer. */
    public void chunk(String text) throws IOException {
        chunk(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One chunk of a chunked answer. */
    public void chunk(byte[] bytes) throws IOException {
        send(Integer.toHexString(bytes.length) + "\r\n");
        send(bytes);
        send("\r\n");
    }

    /** The end of a chunked answer. */
    public void finalChunk() throws IOException {
        send("0\r\n\r\n");
    }

    /** Raw bytes. */
    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Raw bytes. */
    public void send(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Says nothing until the connection is cut from this side or left from the other. */
    public void hang() throws IOException {
        ByteBuffer ignored = ByteBuffer.allocate(1024);
        while (channel.read(ignored.clear()) >= 0) {
            // whatever is said meanwhile, nobody answers
        }
    }

    /** Waits for something, unless the connection is cut first. */
    public void await(CountDownLatch signal) throws InterruptedException, IOException {
        while (!signal.await(10, TimeUnit.MILLISECONDS)) {
            if (cut.getCount() == 0) {
                throw new EOFException("cut");
            }
        }
    }

    /** Closes the connection as it is; from any thread. */
    public void cut() throws IOException {
        cut.countDown();
        channel.close();
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** The next request's target; null if the other side has left. */
    @Nullable
    String readTarget() throws IOException {
        StringBuilder head = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (head.indexOf("\r\n\r\n") < 0) {
            if (channel.read(one.clear()) < 0) {
                return null;
            }
            head.append((char) one.get(0));
        }
        return head.substring(head.indexOf(" ") + 1, head.indexOf(" HTTP/1.1"));
    }
}
