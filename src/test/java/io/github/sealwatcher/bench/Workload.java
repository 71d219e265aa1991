package io.github.sealwatcher.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Events as Podman's API writes them, one JSON object a line, of containers with three labels and short lives. */
enum Workload {
    /** Events that change nothing. */
    IDLE(List.of("create", "init", "attach", "exec", "exec_died", "cleanup")),
    /** Starts and ends only. */
    LIVES(List.of("start", "died")),
    /** All that {@code podman run --rm} writes. */
    MIXED(List.of("create", "init", "start", "attach", "died", "cleanup", "remove"));

    /** When the first event is written, in nanoseconds since 1970. */
    static final long BEGIN_NS = 1_795_439_226_000_000_000L;

    private static final long STEP_NS = 1_000_000L;
    private static final int ID_DIGITS = 64;

    private final List<String> actions;

    Workload(List<String> actions) {
        this.actions = actions;
    }

    /** That many events, the same at each call, or a few less: all lives are whole, as nothing is alive at the end. */
    byte[] bytes(int events) {
        var out = new ByteArrayOutputStream(events * 480);
        lines(events, BEGIN_NS, out::writeBytes);
        return out.toByteArray();
    }

    /** The same one by one, for as many as no memory holds; the first is of {@code beginNs}. */
    void lines(int events, long beginNs, Consumer<byte[]> sink) {
        var random = new SplittableRandom(7);
        String id = "";
        int whole = events - events % actions.size();
        for (int i = 0; i < whole; i++) {
            int place = i % actions.size();
            if (place == 0) {
                id = hex(random);
            }
            sink.accept(line(actions.get(place), id, i / actions.size(), beginNs + i * STEP_NS));
        }
    }

    private static byte[] line(String action, String id, int number, long timeNs) {
        String line = "{\"status\":\"" + action + "\",\"id\":\"" + id
                + "\",\"from\":\"docker.io/library/nginx:1.27\",\"Type\":\"container\",\"Action\":\"" + action
                + "\",\"Actor\":{\"ID\":\"" + id + "\",\"Attributes\":{\"containerExitCode\":\"0\","
                + "\"image\":\"docker.io/library/nginx:1.27\",\"io.buildah.version\":\"1.33.7\","
                + "\"com.docker.compose.project\":\"shop\",\"maintainer\":\"somebody@example.org\",\"name\":\"web-"
                + number
                + "\",\"podId\":\"\"}},\"scope\":\"local\",\"time\":" + timeNs / 1_000_000_000L + ",\"timeNano\":"
                + timeNs
                + "}\n";
        return line.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(SplittableRandom random) {
        var id = new StringBuilder(ID_DIGITS);
        for (int i = 0; i < ID_DIGITS; i++) {
            id.append(Character.forDigit(random.nextInt(16), 16));
        }
        return id.toString();
    }
}
