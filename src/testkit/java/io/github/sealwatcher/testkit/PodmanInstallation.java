package io.github.sealwatcher.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which Podman is run: this machine's, or that of another Debian release beside it.
 *
 * @param prefix the words before every command; none for this machine's
 */
public record PodmanInstallation(List<String> prefix) {
    /** System property: the Debian release whose Podman private services run, by {@code bin/podman-matrix}. */
    public static final String SUITE_PROPERTY = "podman.suite";

    private static final PodmanInstallation MACHINE = new PodmanInstallation(List.of());
    /** The first time, a whole Debian is fetched. */
    private static final Duration LIMIT = Duration.ofMinutes(10);
    /** What both see: the directories of a private Podman must lie below it. */
    private static final Path COMMON = Path.of("/tmp");

    private static final Map<String, PodmanInstallation> OF_SUITES = new ConcurrentHashMap<>();

    public PodmanInstallation {
        prefix = List.copyOf(prefix);
    }

    /** The one that the system property names; without it this machine's. */
    static PodmanInstallation chosen(PodmanOptions options) {
        String suite = System.getProperty(SUITE_PROPERTY, "");
        return options.eventsLogger().equals(PodmanOptions.JOURNALD) ? withJournal(suite) : ofSuite(suite);
    }

    /**
     * A Debian release's, for as long as this JVM runs; it is built if need be.
     *
     * @param suite such as {@code trixie}; empty: this machine's
     * @throws IllegalStateException when it can't be had, as without root
     */
    public static PodmanInstallation ofSuite(String suite) {
        return suite.isEmpty() ? MACHINE : OF_SUITES.computeIfAbsent(suite, PodmanInstallation::held);
    }

    /**
     * A machine of its own with the Podman of a Debian release, which {@link #upgrade} can replace, for as long as this JVM
     * runs.
     *
     * @throws IllegalStateException when it can't be had, as without root
     */
    public static PodmanInstallation ofMachine(String suite) {
        return prefixedBy("machine", suite, Map.of());
    }

    /**
     * The same Debian release's with a journal of its own, in which no other Podman writes, for as long as this JVM runs.
     *
     * @throws IllegalStateException when it can't be had, as without root, or for this machine's Podman
     */
    public static PodmanInstallation withJournal(String suite) {
        if (suite.isEmpty()) {
            throw new IllegalStateException("only another Podman has a journal of its own: set " + SUITE_PROPERTY);
        }
        return prefixedBy("hold", suite, Map.of("JOURNALD", "1"));
    }

    private static PodmanInstallation held(String suite) {
        return prefixedBy("hold", suite, Map.of());
    }

    private static PodmanInstallation prefixedBy(String action, String suite, Map<String, String> environment) {
        if (!ScratchDirectory.parent().startsWith(COMMON)) {
            throw new IllegalStateException("java.io.tmpdir must be " + COMMON + " or below for another Podman");
        }
        String me = Long.toString(ProcessHandle.current().pid());
        return new PodmanInstallation(
                matrix(environment, action, suite, me).run().lines().toList());
    }

    private static Command matrix(Map<String, String> environment, String action, String suite, String processId) {
        return new Command(List.of("bin/podman-matrix", action, suite, processId), environment, LIMIT);
    }

    /**
     * Replaces the Podman of a machine of {@link #ofMachine}, as an upgrade of its packages does: what runs, runs on, and the
     * next command is the new one's.
     */
    public void upgrade(String suite) {
        // The words begin with: nsenter -t HOLDER
        matrix(Map.of(), "upgrade", suite, prefix.get(prefix.indexOf("-t") + 1)).run();
    }

    /** A command's words, to be run where this Podman is. */
    List<String> line(List<String> command) {
        List<String> line = new ArrayList<>(prefix);
        line.addAll(command);
        return line;
    }

    /** Runs a command where this Podman is, and returns its output. */
    String run(String... command) {
        return Command.run(line(List.of(command)).toArray(String[]::new));
    }
}
