package io.github.sealwatcher.quickstart;

import io.github.sealwatcher.quickstart.Terminal.Style;
import io.github.sealwatcher.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The life of a pod and two containers, each step waiting until its records have come through Kafka. */
final class Demo {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String POD = "demo-pod";
    private static final String WEB = "demo-web";
    private static final String JOB = "demo-job";

    private final WatchedPodman podman;
    private final Terminal terminal;
    private final Tally tally;
    private final LiveView view;
    private final BooleanSupplier cancelled;

    /**
     * @param cancelled becomes true when the user has seen enough; the demo then ends before its next step
     */
    Demo(WatchedPodman podman, Terminal terminal, Tally tally, LiveView view, BooleanSupplier cancelled) {
        this.podman = podman;
        this.terminal = terminal;
        this.tally = tally;
        this.view = view;
        this.cancelled = cancelled;
    }

    /**
     * Plays it all, and removes its containers whatever happens.
     *
     * @throws IllegalStateException when a command fails or what it should cause was not seen, saying which
     */
    void play() {
        refuseToTouchOthers();
        String image = podman.busyboxImage();
        try {
            expect("the host to be synchronized", row -> row.type().equals("synchronized"));
            run("pod", "create", "--network", "none", "--name", POD);
            run("run", "-d", "--name", WEB, "--pod", POD, image, "sleep", "600");
            expect(WEB + " to join " + POD, of(WEB, "pod_association"));
            expect(WEB + " to start", of(WEB, "start"));
            run("run", "-d", "--name", JOB, "--network", "none", image, "sh", "-c", "sleep 1; exit 3");
            expect(JOB + " to start", of(JOB, "start"));
            boolean paused = pause();
            expect(
                    JOB + " to die with exit code 3",
                    of(JOB, "die").and(row -> row.exitCode().orElse(-1) == 3));
            settle();
            if (paused) {
                run("unpause", WEB);
                expect(WEB + " to go on", of(WEB, "unpause"));
                settle();
            }
            run("pod", "rm", "--force", "--time", "0", POD);
            expect(WEB + " to die", of(WEB, "die"));
            expect(
                    WEB + " to leave " + POD,
                    of(WEB, "pod_association").and(row -> row.pod().startsWith("left ")));
            settle();
        } finally {
            remove();
        }
    }

    /** Whether it could: rootless containers cannot be paused with cgroups v1. */
    private boolean pause() {
        try {
            run("pause", WEB);
        } catch (IllegalStateException e) {
            String message = String.valueOf(e.getMessage());
            terminal.print(Style.FAINT, "(not here; " + message.replaceFirst("(?s).*Error: ", "") + ")");
            return false;
        }
        expect(WEB + " to pause", of(WEB, "pause"));
        return true;
    }

    /** What is removed at the end must be the demo's own. */
    private void refuseToTouchOthers() {
        List<String> names = (podman.podman("pod", "ps", "--format", "{{.Name}}") + "\n"
                        + podman.podman("ps", "--all", "--format", "{{.Names}}"))
                .lines()
                .toList();
        if (names.contains(POD) || names.contains(WEB) || names.contains(JOB)) {
            throw new IllegalStateException(
                    "There is a " + POD + ", " + WEB + " or " + JOB + " already; please rename or remove it");
        }
    }

    /** Quietly: what the demo has removed itself is not missed. */
    private void remove() {
        podman.podman("pod", "rm", "--force", "--ignore", "--time", "0", POD);
        podman.podman("rm", "--force", "--ignore", "--time", "0", WEB, JOB);
    }

    private void run(String... arguments) {
        if (cancelled.getAsBoolean()) {
            throw new CancelledException();
        }
        terminal.print(Style.COMMAND, "$ podman " + shellLine(arguments));
        podman.podman(arguments);
    }

    /** As one would type it. */
    private static String shellLine(String... arguments) {
        return Stream.of(arguments)
                .map(argument -> argument.contains(" ") ? "'" + argument + "'" : argument)
                .collect(Collectors.joining(" "));
    }

    private void expect(String what, Predicate<Row> wanted) {
        Await.until(what, LIMIT, () -> tally.has(wanted) || cancelled.getAsBoolean());
    }

    /** Lets the table of the alive be seen before the next step. */
    private void settle() {
        Await.until("quiet", LIMIT, () -> view.isSettled() || cancelled.getAsBoolean());
    }

    private static Predicate<Row> of(String container, String type) {
        return row -> row.container().equals(container) && row.type().equals(type);
    }

    /** The user ended it. */
    static final class CancelledException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
