package io.github.sealwatcher.chaos.world;

import io.github.sealwatcher.testkit.PodmanInstallation;
import io.github.sealwatcher.testkit.PodmanOptions;
import io.github.sealwatcher.testkit.PodmanService;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/** A Podman with storage, history and a service of our own, this machine's or another Debian release's. */
public final class OwnPodman implements Podman {
    private static final List<String> VERSIONS = List.of("4.3", "5.4", "5.8", "6.1");
    private static final String FIRST = "5.4";

    private final PodmanService service;
    private final PodmanInstallation installation;
    private final Deque<String> newer;
    private final @Nullable JournalCopy journal;

    public OwnPodman(String suite, String logSize) {
        this(PodmanInstallation.ofSuite(suite), List.of(), new PodmanOptions("file", logSize));
    }

    private OwnPodman(PodmanInstallation installation, List<String> newer, PodmanOptions options) {
        this.installation = installation;
        this.newer = new ConcurrentLinkedDeque<>(newer);
        service = PodmanService.create(options, installation);
        boolean journald = options.eventsLogger().equals(PodmanOptions.JOURNALD);
        journal = journald ? new JournalCopy(installation.prefix(), service.eventsLog()) : null;
    }

    /** One that keeps its events in a journal of its own, as on a host with systemd. */
    public static OwnPodman withJournal(String suite) {
        return new OwnPodman(
                PodmanInstallation.withJournal(suite), List.of(), new PodmanOptions(PodmanOptions.JOURNALD, ""));
    }

    /** @param version the first one; 5.4 if it is empty */
    public static OwnPodman toBeUpgraded(String version, String logSize) {
        int first = VERSIONS.indexOf(version.isEmpty() ? FIRST : version);
        if (first < 0) {
            throw new IllegalArgumentException(
                    "--upgrade begins with one of " + VERSIONS + "; found --suite " + version);
        }
        return new OwnPodman(
                PodmanInstallation.ofMachine(VERSIONS.get(first)),
                VERSIONS.subList(first + 1, VERSIONS.size()),
                new PodmanOptions("file", logSize));
    }

    @Override
    public int upgrades() {
        return newer.size();
    }

    @Override
    public void upgrade() {
        installation.upgrade(newer.removeFirst());
    }

    @Override
    public String run(String... arguments) {
        return service.podman(arguments);
    }

    /** Begins a command that goes on until it is destroyed, writing to a file. */
    public Process begin(Path output, String... arguments) {
        return service.begin(output, arguments);
    }

    @Override
    public String image() {
        return PodmanService.IMAGE;
    }

    @Override
    public Path socket() {
        return service.socket();
    }

    @Override
    public Path eventsLog() {
        return service.eventsLog();
    }

    @Override
    public void deleteLog() {
        service.deleteEvents();
        if (journal != null) {
            journal.takeAgain();
        }
    }

    @Override
    public boolean isOurs() {
        return true;
    }

    @Override
    public void startService() {
        service.start();
    }

    @Override
    public void terminateService() {
        service.stop();
    }

    @Override
    public void killService() {
        service.kill();
    }

    @Override
    public long servicePid() {
        return service.pid();
    }

    @Override
    public void close() {
        if (journal != null) {
            journal.close();
        }
        service.close();
    }
}
