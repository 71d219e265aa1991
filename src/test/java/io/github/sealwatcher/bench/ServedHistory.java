package io.github.sealwatcher.bench;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A Podman without containers whose event log holds a workload, as a process of its own. It serves each event as a chunk, as
 * Podman does, and far faster than Podman. What memory shouldn't hold it makes up while it is read.
 */
public final class ServedHistory {

    private static final String HEAD = "HTTP/1.1 200 OK\r\nLibpod-API-Version: 5.8.6\r\nApi-Version: 1.41\r\n"
            + "Server: Libpod/5.8.6 (linux)\r\nContent-Type: application/json\r\nDate: ";

    private static final int MAX_EVENTS_IN_MEMORY = 500_000;
    private static final int BUFFER_BYTES = 1 << 16;

    private final Workload workload;
    private final int events;
    private final long beginNs;
    /** Null if it is too much. */
    private final byte[] chunks;

    private ServedHistory(Workload workload, int events, long beginNs) {
        this.workload = workload;
        this.events = events;
        this.beginNs = beginNs;
        this.chunks = events > MAX_EVENTS_IN_MEMORY ? null : chunked(workload.bytes(events));
    }

    /**
     * Arguments: the socket's path, the workload, how many events; then the first one's time in nanoseconds since 1970. Ends
     * with its standard input.
     */
    public static void main(String[] args) throws IOException {
        var history = new ServedHistory(
                Workload.valueOf(args[1].toUpperCase(Locale.ROOT)),
                Integer.parseInt(args[2]),
                args.length > 3 ? Long.parseLong(args[3]) : Workload.BEGIN_NS);
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(Path.of(args[0])));
            daemon(() -> history.acceptAll(server));
            System.out.println("ready");
            while (System.in.read() >= 0) {
                // until whoever started it ends
            }
        }
    }

    private static void daemon(Runnable body) {
        Thread thread = new Thread(body);
        thread.setDaemon(true);
        thread.start();
    }

    private void acceptAll(ServerSocketChannel server) {
        try {
            while (true) {
                SocketChannel accepted = server.accept();
                daemon(() -> serve(accepted));
            }
        } catch (IOException e) {
            // It is over.
        }
    }

    private void serve(SocketChannel accepted) {
        try (accepted) {
            for (String target = target(accepted); target != null; target = target(accepted)) {
                answer(accepted, target);
            }
        } catch (IOException e) {
            // The client has closed it.
        }
    }

    private static String target(SocketChannel from) throws IOException {
        var request = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (request.indexOf("\r\n\r\n") < 0) {
            if (from.read(buffer.clear()) < 0) {
                return null;
            }
            request.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
        }
        return request.substring(request.indexOf(" ") + 1, request.indexOf(" HTTP"));
    }

    private void answer(SocketChannel to, String target) throws IOException {
        if (target.contains("/events")) {
            write(to, head() + "Transfer-Encoding: chunked\r\n\r\n");
            if (target.contains("stream=false")) {
                writeAll(to);
                write(to, "0\r\n\r\n");
            }
            return;
        }
        String body = target.contains("_ping") ? "OK" : target.contains("/json") ? "[]" : "{}";
        write(to, head() + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private void writeAll(SocketChannel to) throws IOException {
        if (chunks != null) {
            ByteBuffer all = ByteBuffer.wrap(chunks);
            while (all.hasRemaining()) {
                to.write(all);
            }
            return;
        }
        var out = new BufferedOutputStream(Channels.newOutputStream(to), BUFFER_BYTES);
        try {
            workload.lines(events, beginNs, line -> {
                try {
                    out.write((Integer.toHexString(line.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    out.write(line);
                    out.write('\r');
                    out.write('\n');
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.flush();
    }

    private static String head() {
        return HEAD + DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)) + "\r\n";
    }

    private static void write(SocketChannel to, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    private static byte[] chunked(byte[] lines) {
        var out = new ByteArrayOutputStream(lines.length * 11 / 10);
        int start = 0;
        for (int i = 0; i < lines.length; i++) {
            if (lines[i] == '\n') {
                int length = i + 1 - start;
                out.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(lines, start, length);
                out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
                start = i + 1;
            }
        }
        return out.toByteArray();
    }
}
