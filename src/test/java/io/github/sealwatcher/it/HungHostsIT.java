package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.fleet.HostServer;
import io.github.sealwatcher.fleet.ScriptedHost;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A task of a thousand hosts, all of which hang, is stopped: Connect gives it five seconds. */
@Timeout(400)
class HungHostsIT {

    private static final int HOSTS = Integer.getInteger("hung.hosts", 1000);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** They take the connection, and answer nothing. */
    @Test
    void hostsThatNeverAnsweredDoNotHoldUpTheStop() throws InterruptedException {
        try (HostServer server = HostServer.start("hung-", HOSTS)) {
            server.hosts().forEach(server::hang);
            TaskRun run = started(server, Map.of("connect.timeout.ms", "60000"));
            // As many requests wait for an answer as there are places for them.
            run.await("threads that wait for answers", () -> threads() >= 64);

            stopsInTime(run, "hung from the beginning");
        }
    }

    /** Streams that are open say nothing more; nobody has noticed. */
    @Test
    void hostsThatHangUnnoticedDoNotHoldUpTheStop() throws InterruptedException {
        try (HostServer server = HostServer.start("hung-", HOSTS)) {
            TaskRun run = started(server, Map.of("ping.interval.ms", "60000"));
            awaitOfEachHost(run, "synchronized");

            server.hosts().forEach(server::hang);

            stopsInTime(run, "hung in the middle of the stream");
        }
    }

    /** Pings stay unanswered, connections are given up, and new ones hang too. */
    @Test
    void hostsThatHangAndAreTriedAgainDoNotHoldUpTheStop() throws InterruptedException {
        try (HostServer server = HostServer.start("hung-", HOSTS)) {
            TaskRun run = started(
                    server,
                    Map.of(
                            "ping.interval.ms", "1000",
                            "connect.timeout.ms", "2000",
                            "request.timeout.ms", "2000",
                            "retry.backoff.max.ms", "1000"));
            awaitOfEachHost(run, "synchronized");

            server.hosts().forEach(server::hang);
            awaitOfEachHost(run, "disconnected");

            stopsInTime(run, "hung, noticed and tried again");
        }
    }

    private static TaskRun started(HostServer server, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(Map.of("request.timeout.ms", "60000"));
        all.putAll(properties);
        all.put("podman.hosts", server.hosts().stream().map(ScriptedHost::entry).collect(Collectors.joining(",")));
        all.put("connection.validate", "false");
        return new TaskRun(new HashMap<>(), all);
    }

    private static void awaitOfEachHost(TaskRun run, String type) throws InterruptedException {
        run.await(
                type,
                () -> run.hostEvents().stream()
                                .filter(event -> event.getString("type").equals(type))
                                .map(event -> event.getString("host"))
                                .distinct()
                                .count()
                        == HOSTS);
    }

    private static void stopsInTime(TaskRun run, String how) {
        long startNs = System.nanoTime();
        run.close();
        Duration took = Duration.ofNanos(System.nanoTime() - startNs);

        System.out.printf("%d hosts %s: stop took %d ms%n", HOSTS, how, took.toMillis());
        assertThat(took).isLessThan(LIMIT);
        // A thread that has done its work is there for a moment longer.
        Awaitility.await("the end of all threads").atMost(LIMIT).until(() -> threads() == 0);
    }

    /** Those of the task. */
    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("podman-"))
                .count();
    }
}
