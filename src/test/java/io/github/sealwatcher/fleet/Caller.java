package io.github.sealwatcher.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One connection to a scripted host. Requests are read by the server's thread; what is sent may come from any thread, and
 * waits here when the other side doesn't read.
 */
final class Caller {
    private static final Pattern SINCE = Pattern.compile("[?&]since=([^&]*)");
    private static final Pattern ID_FILTER = Pattern.compile("\"id\":\\[\"([^\"]*)\"]");
    private static final int BUFFER_BYTES = 4096;

    private final ScriptedHost host;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Consumer<byte[]> following = this::chunk;
    private final StringBuilder head = new StringBuilder();
    /** Guarded by this. */
    private final Queue<ByteBuffer> waiting = new ArrayDeque<>();

    Caller(ScriptedHost host, SocketChannel channel, SelectionKey key) {
        this.host = host;
        this.channel = channel;
        this.key = key;
    }

    /** Reads what there is and answers the requests that are complete; false if the other side has left. */
    boolean read() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        int read = channel.read(buffer);
        if (read < 0) {
            return false;
        }
        head.append(new String(buffer.array(), 0, read, StandardCharsets.ISO_8859_1));
        for (int end = head.indexOf("\r\n\r\n"); end >= 0; end = head.indexOf("\r\n\r\n")) {
            String target = head.substring(head.indexOf(" ") + 1, head.indexOf(" HTTP/1.1"));
            head.delete(0, end + "\r\n\r\n".length());
            answer(target);
        }
        return true;
    }

    /** Sends what waits, as far as the other side takes it. */
    synchronized void write() throws IOException {
        while (!waiting.isEmpty()) {
            channel.write(waiting.element());
            if (waiting.element().hasRemaining()) {
                break;
            }
            waiting.remove();
        }
        if (key.isValid()) {
            key.interestOps(waiting.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    void close() {
        host.leave(following);
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops to answer, and to follow; the connection stays. */
    void hang() {
        host.leave(following);
        key.interestOps(0);
    }

    private void answer(String target) {
        String path = target.replaceFirst("\\?.*", "").replaceFirst("^/v[0-9.]+", "");
        if (path.equals("/libpod/_ping")) {
            respond(200, "OK");
        } else if (path.equals("/libpod/events")) {
            events(since(target), target.contains("stream=true"));
        } else if (path.equals("/libpod/containers/json")) {
            Matcher id = ID_FILTER.matcher(URLDecoder.decode(target, StandardCharsets.UTF_8));
            respond(200, host.list(id.find() ? id.group(1) : ""));
        } else {
            String id = path.replaceFirst("^/libpod/containers/", "").replaceFirst("/json$", "");
            host.inspect(id)
                    .ifPresentOrElse(
                            document -> respond(200, document),
                            () -> respond(404, "{\"cause\":\"none\",\"message\":\"no such container\"}"));
        }
    }

    private void events(long sinceNs, boolean follow) {
        send("HTTP/1.1 200 OK\r\n" + date() + "Libpod-API-Version: 5.4.2\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n");
        if (follow) {
            host.follow(sinceNs, following);
        } else {
            host.history(sinceNs).forEach(this::chunk);
            send("0\r\n\r\n");
        }
    }

    private void chunk(byte[] line) {
        send(Integer.toHexString(line.length) + "\r\n" + new String(line, StandardCharsets.UTF_8) + "\r\n");
    }

    private void respond(int status, String body) {
        send("HTTP/1.1 " + status + " Whatever\r\n" + date()
                + "Libpod-API-Version: 5.4.2\r\nContent-Type: application/json\r\n" + "Content-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
    }

    private static String date() {
        return "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(OffsetDateTime.now(ZoneOffset.UTC)) + "\r\n";
    }

    private synchronized void send(String text) {
        waiting.add(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        try {
            write();
            if (!waiting.isEmpty()) {
                key.selector().wakeup();
            }
        } catch (IOException | CancelledKeyException e) {
            // The other side has left; the server's thread finds that out too, and closes this.
            waiting.clear();
        }
    }

    private static long since(String target) {
        Matcher matcher = SINCE.matcher(target);
        if (!matcher.find()) {
            return Long.MAX_VALUE - 1;
        }
        OffsetDateTime time = OffsetDateTime.parse(URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8));
        return time.toEpochSecond() * 1_000_000_000L + time.getNano();
    }
}
