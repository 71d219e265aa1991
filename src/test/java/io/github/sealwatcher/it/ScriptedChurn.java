package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.fleet.ScriptedHost;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Containers that come and go on scripted hosts, as fast as told and until told to end. */
final class ScriptedChurn implements AutoCloseable {

    private final List<ScriptedHost> hosts;
    private final long pauseNs;
    private final AtomicInteger lives = new AtomicInteger();
    private final Thread thread = new Thread(this::run, "churn");
    private volatile boolean ended;

    /** Begins at once. */
    ScriptedChurn(List<ScriptedHost> hosts, long pauseMs) {
        this.hosts = List.copyOf(hosts);
        this.pauseNs = pauseMs * 1_000_000;
        thread.setDaemon(true);
        thread.start();
    }

    int lives() {
        return lives.get();
    }

    /** Ends it; afterwards nothing happens on any host. */
    @Override
    public void close() throws InterruptedException {
        ended = true;
        thread.join();
    }

    /** Every start and death that there was, by the hosts' own word, against those that were told: none lost, none twice. */
    static void isReportedOnce(List<ScriptedHost> hosts, List<Received> events) {
        List<ScriptedHost.WrittenEvent> truth =
                hosts.stream().flatMap(host -> host.written().stream()).toList();
        List<ScriptedHost.WrittenEvent> reported = events.stream()
                .filter(event -> event.type().equals("start") || event.type().equals("die"))
                .map(event -> new ScriptedHost.WrittenEvent(event.host(), event.id(), event.type(), event.timeNs()))
                .toList();
        Set<ScriptedHost.WrittenEvent> lost = new HashSet<>(truth);
        reported.forEach(lost::remove);
        assertThat(lost).as("lost of %s", truth.size()).isEmpty();
        assertThat(reported).as("told, of which none twice").hasSameSizeAs(truth);
    }

    private void run() {
        SplittableRandom random = new SplittableRandom(7);
        while (!ended) {
            ScriptedHost host = hosts.get(random.nextInt(hosts.size()));
            String box = "job-" + random.nextInt(3);
            host.start(box);
            LockSupport.parkNanos(pauseNs);
            host.die(box);
            if (random.nextBoolean()) {
                host.forget(box);
            }
            lives.incrementAndGet();
        }
    }
}
