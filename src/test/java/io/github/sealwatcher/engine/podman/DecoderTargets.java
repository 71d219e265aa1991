package io.github.sealwatcher.engine.podman;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.engine.EngineException;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.ObservedContainer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/** What reads a host's answers. */
public final class DecoderTargets {

    private static final int MAX_LINE = 1000;

    private DecoderTargets() {}

    /** Lines of events: a bad one costs none of its neighbours, wherever the pieces that arrive end. */
    public static void events(byte[] bytes) throws IOException {
        List<EngineEvent> whole = events(new ByteArrayInputStream(bytes));
        List<EngineEvent> piecewise = events(new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, 7));
            }
        });
        assertThat(piecewise).isEqualTo(whole);
        for (EngineEvent event : whole) {
            assertThat(event.type().length() + event.action().length()).isPositive();
            assertThat(event.actorId()).hasSizeLessThanOrEqualTo(EventDecoder.MAX_NAME);
        }
    }

    private static List<EngineEvent> events(InputStream in) throws IOException {
        LineReader lines = new LineReader(in, MAX_LINE);
        EventDecoder decoder = new EventDecoder(new BadLineReport(BadLines.IGNORED), "GET /events");
        List<EngineEvent> events = new ArrayList<>();
        while (lines.next()) {
            if (lines.isTooLong()) {
                continue;
            }
            try {
                EngineEvent event = decoder.decode(lines.buffer(), lines.lineStart(), lines.lineLength());
                if (event != null) {
                    events.add(event);
                }
            } catch (EngineException e) {
                assertThat(e).hasMessageStartingWith("GET /events: ");
            }
        }
        return events;
    }

    /** A list: rows, or an IOException, also when every string is cut. */
    public static void list(byte[] bytes) {
        HeapShare share = new HeapShare(1 << 20);
        try (HeapShare.Reservation room = share.reserve()) {
            for (ObservedContainer row : ListDecoder.decode(new ByteArrayInputStream(bytes), room)) {
                assertThat(row.id().value()).isNotEmpty().hasSizeLessThanOrEqualTo(EventDecoder.MAX_NAME);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?s).*");
        }
        try (InputStream cut = new ShortStrings(new ByteArrayInputStream(bytes), 5)) {
            assertThat(cut.readAllBytes().length).isLessThanOrEqualTo(bytes.length);
        } catch (IOException e) {
            throw new AssertionError("nothing to read from fails", e);
        }
    }

    /** The documents of a container and of a pod. */
    public static void inspect(byte[] bytes) {
        InspectDecoder decoder =
                new InspectDecoder(InspectPointers.of(List.of("/Config/Hostname", "/State", "/a~1b/0")));
        try {
            ObservedContainer container = decoder.container(new ByteArrayInputStream(bytes));
            assertThat(container.id()).isInstanceOf(ContainerId.class);
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?s).*");
        }
        try {
            assertThat(InspectDecoder.pod(new ByteArrayInputStream(bytes)).id()).isNotEmpty();
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?s).*");
        }
    }

    /** A whole answer, header and body, from a socket that then closes. */
    public static void http(byte[] bytes) {
        try (HttpConnection connection = new HttpConnection(new Recorded(bytes), () -> {})) {
            ClassicHttpResponse response = connection.get("/libpod/_ping");
            assertThat(response.getCode()).isGreaterThanOrEqualTo(200);
            byte[] body = HttpConnection.body(response).readNBytes(1 << 16);
            assertThat(body.length).isLessThanOrEqualTo(bytes.length);
            connection.finish();
        } catch (IOException | HttpException e) {
            assertThat(Excerpt.of(String.valueOf(e.getMessage()))).hasSizeLessThanOrEqualTo(Excerpt.MAX + 30);
        }
    }

    /** Text for a log: one line, bounded, nothing that moves the cursor. */
    public static void excerpt(byte[] bytes) {
        for (String shown :
                List.of(Excerpt.of(bytes, 0, bytes.length), Excerpt.of(new String(bytes, StandardCharsets.UTF_16LE)))) {
            assertThat(shown.length()).isLessThanOrEqualTo(Excerpt.MAX + 30);
            assertThat(shown.codePoints())
                    .noneMatch(c -> Character.isISOControl(c)
                            || Character.getType(c) == Character.FORMAT
                            || Character.getType(c) == Character.LINE_SEPARATOR);
        }
        ErrorReply reply = ErrorReply.parse(bytes, 0, bytes.length);
        assertThat(reply.message().length()).isLessThanOrEqualTo(Excerpt.MAX + 30);
    }

    /** A socket at whose other end somebody said all he has to say. */
    private static final class Recorded extends Socket {
        private final InputStream in;

        Recorded(byte[] bytes) {
            this.in = new ByteArrayInputStream(bytes);
        }

        @Override
        public InputStream getInputStream() {
            return in;
        }

        @Override
        public OutputStream getOutputStream() {
            return new ByteArrayOutputStream();
        }

        @Override
        public synchronized void setSoTimeout(int ms) {
            // There is nothing to wait for.
        }

        @Override
        public synchronized int getSoTimeout() {
            return 0;
        }
    }
}
