package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sealwatcher.Events;
import io.github.sealwatcher.PodmanWatcher;
import io.github.sealwatcher.PodmanWatcherBuilder;
import io.github.sealwatcher.engine.Engine;
import io.github.sealwatcher.engine.EngineException;
import io.github.sealwatcher.engine.podman.InspectPointers;
import io.github.sealwatcher.engine.podman.LocalHost;
import io.github.sealwatcher.model.Annotations;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.ContainerFilter;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.Origin;
import io.github.sealwatcher.testkit.PodmanService;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The library against a Podman of this machine. */
@EveryPodman
@Timeout(60)
class PodmanWatcherIT {

    private static final String NOBODY = "unix:///nowhere/podman.sock";

    private static PodmanService podman;

    @BeforeAll
    static void start() {
        podman = PodmanService.started();
    }

    @AfterAll
    static void stop() {
        podman.close();
    }

    @AfterEach
    void removeContainers() {
        podman.podman("pod", "rm", "-f", "-a", "-t", "0");
        podman.podman("rm", "-f", "-a", "-t", "0");
    }

    @Test
    void identifiesTheEngine() {
        try (PodmanWatcher watcher = PodmanWatcher.at(podman.uri()).build()) {
            assertThat(watcher.type()).isEqualTo("podman.io");
            assertThat(watcher.api()).isEqualTo(podman.uri());
            assertThat(watcher.id()).isEqualTo(podman.uri());
            assertThat(watcher.version()).isEqualTo(podman.podman("version", "--format", "{{.Client.Version}}"));
            assertThat(watcher.pid()).hasValue((int) podman.pid());
            assertThat(watcher.host()).isEqualTo(new HostName(LocalHost.local().hostName()));
        }
    }

    @Test
    void configuredPidWins() {
        try (PodmanWatcher watcher =
                PodmanWatcher.at(podman.uri()).enginePid(12345).build()) {
            assertThat(watcher.pid()).hasValue(12345);
        }
    }

    @Test
    void versionOfAnEngineThatDoesNotAnswerIsUnknown() {
        try (PodmanWatcher watcher = PodmanWatcher.at(NOBODY).build()) {
            assertThat(watcher.version()).isEqualTo("unknown");
            assertThat(watcher.pid()).isEmpty();
            assertThat(watcher.api()).isEqualTo(NOBODY);
        }
    }

    @Test
    void rejectsAMalformedAddress() {
        assertThatThrownBy(() -> PodmanWatcher.at("localhost:66666"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unix://")
                .hasMessageContaining("localhost:66666");
    }

    @Test
    void looksForTheSocketLikePodmanClientsByDefault() {
        try (PodmanWatcher watcher = PodmanWatcher.at("").build()) {
            assertThat(watcher.api()).isEqualTo(LocalHost.local().podmanUri());
        }
    }

    @Test
    void portfolioIsOrderedByProjects() {
        String web = run("web", "--label", "com.docker.compose.project=shop");
        run("db", "--label", "com.docker.compose.project=shop");
        run("cow", "--label", "io.podman.compose.project=farm");
        run("alone");
        podman.podman("create", "--name", "idle", PodmanService.IMAGE, "true");
        podman.podman("pause", "db");
        try (PodmanWatcher watcher = ready(PodmanWatcher.at(podman.uri()))) {
            Portfolio portfolio = watcher.portfolio();
            assertThat(portfolio.total()).isEqualTo(4);
            assertThat(portfolio.projects()).containsExactly("farm", "shop");
            assertThat(names(portfolio.containersOf("shop"))).containsExactlyInAnyOrder("web", "db");
            assertThat(names(portfolio.containersOf("farm"))).containsExactly("cow");
            assertThat(names(portfolio.containersOf(""))).containsExactly("alone");
            assertThat(portfolio.containersOf("no such")).isEmpty();
            assertThat(names(new ArrayList<>(portfolio.alive().values())))
                    .containsExactlyInAnyOrder("web", "db", "cow", "alone");

            LiveContainer found = portfolio.find("web");
            assertThat(portfolio.find(web)).isSameAs(found);
            assertThat(portfolio.find("idle")).isNull();
            assertThat(portfolio.find("")).isNull();
            assertThat(found.id()).isEqualTo(new ContainerId(web));
            assertThat(found.container().project()).isEqualTo("shop");
            assertThat(found.container().labels()).containsEntry("com.docker.compose.project", "shop");
            assertThat(found.isPaused()).isFalse();
            assertThat(portfolio.find("db").isPaused()).isTrue();
            assertThat(String.valueOf(found.life().pid()))
                    .isEqualTo(podman.podman("inspect", "web", "--format", "{{.State.Pid}}"));
            assertThat(found.toString())
                    .contains("web", web, "shop", "pid=" + found.life().pid());
        }
    }

    @Test
    void portfolioNeverChangesAndTheNextOneDoes() throws InterruptedException {
        run("first", "--label", "com.docker.compose.project=shop");
        try (PodmanWatcher watcher = ready(PodmanWatcher.at(podman.uri()));
                Events events = watcher.events()) {
            Portfolio before = watcher.portfolio();
            podman.podman("pause", "first");
            ChangeTexts.until(events, "paused first");
            assertThat(before.find("first").isPaused()).isFalse();
            assertThat(watcher.portfolio().find("first").isPaused()).isTrue();
            podman.podman("unpause", "first");
            ChangeTexts.until(events, "unpaused first");
            assertThat(watcher.portfolio().find("first").isPaused()).isFalse();

            run("second");
            ChangeTexts.until(events, "started second");
            podman.podman("kill", "first");
            ChangeTexts.until(events, "died first");
            assertThat(before.total()).isEqualTo(1);
            assertThat(before.projects()).containsExactly("shop");
            assertThat(watcher.portfolio().projects()).isEmpty();
            assertThat(names(watcher.portfolio().containersOf(""))).containsExactly("second");
        }
    }

    @Test
    void reportsALifeInOrder() throws InterruptedException {
        try (PodmanWatcher watcher = ready(PodmanWatcher.at(podman.uri()));
                Events events = watcher.events()) {
            String id = run("life", "--privileged", "--label", "com.docker.compose.project=shop");
            // Only a container that is still there when it is inspected shows that it is privileged.
            ContainerChange start = ChangeTexts.next(events, "started life");
            podman.podman("pause", "life");
            podman.podman("unpause", "life");
            podman.podman("rm", "-f", "-t", "0", "life");

            assertThat(start.container().id()).isEqualTo(new ContainerId(id));
            assertThat(start.container().project()).isEqualTo("shop");
            assertThat(start.occurrence().origin()).isEqualTo(Origin.LIVE);
            assertThat(start.timeNs()).isPositive();
            assertThat(start.alive().annotatedLabels()).containsEntry(Annotations.PRIVILEGED, "");
            assertThat(ChangeTexts.until(events, "unpaused life")).containsExactly("paused life", "unpaused life");
            ContainerChange death = ChangeTexts.next(events, "died life");
            assertThat(death.container().project())
                    .as("though Podman's event may not say it")
                    .isEqualTo("shop");
            assertThat(death.alive()).isNull();
        }
    }

    @Test
    void reportsExistingContainersAsStartedAndPausedOnesAsPaused() throws InterruptedException {
        run("runs");
        run("sleeps");
        podman.podman("pause", "sleeps");
        try (PodmanWatcher watcher = PodmanWatcher.at(podman.uri()).build();
                Events events = watcher.events()) {
            watcher.start();
            List<String> reported = ChangeTexts.until(events, "host synchronized");
            assertThat(reported).startsWith("host connected").contains("started runs");
            assertThat(reported)
                    .containsSubsequence("started sleeps", "paused sleeps")
                    .hasSize(5);
        }
    }

    @Test
    void membersOfPodsAreAnnotated() {
        String pod = podman.podman("pod", "create", "--name", "crew");
        run("sailor", "--pod", "crew");
        try (PodmanWatcher watcher = ready(PodmanWatcher.at(podman.uri()))) {
            LiveContainer sailor = watcher.portfolio().find("sailor");
            assertThat(sailor.annotatedLabels())
                    .containsEntry(Annotations.POD_NAME, "crew")
                    .containsEntry(Annotations.POD_ID, pod)
                    .doesNotContainKeys(Annotations.INFRA, Annotations.PRIVILEGED);
            LiveContainer infra = watcher.portfolio().find(pod.substring(0, 12) + "-infra");
            assertThat(infra.annotatedLabels())
                    .containsEntry(Annotations.POD_NAME, "crew")
                    .containsEntry(Annotations.INFRA, "");
        }
    }

    @Test
    void podNamesNeedNoExtraRequest() throws InterruptedException {
        podman.podman("pod", "create", "--name", "early", "--infra=false");
        run("early-1", "--pod", "early");
        run("early-2", "--pod", "early");
        var asked = new EngineHooks();
        try (PodmanWatcher watcher = ready(PodmanWatcher.at(podman.uri())
                        .resyncInterval(Duration.ofHours(1))
                        .engines(() -> asked.engine(podman.uri())));
                Events events = watcher.events()) {
            assertThat(asked.finds.get()).as("a list tells them").isZero();
            podman.podman("pod", "create", "--name", "late", "--infra=false");
            for (int i = 1; i <= 5; i++) {
                run("late-" + i, "--pod", "late");
                assertThat(ChangeTexts.next(events, "started late-" + i).pod().name())
                        .isEqualTo("late");
            }
            assertThat(asked.finds.get())
                    .as("what describes a new member tells them")
                    .isEqualTo(5);
            podman.podman("restart", "-t", "0", "late-5");
            assertThat(ChangeTexts.next(events, "started late-5").pod().name()).isEqualTo("late");
            podman.podman("pod", "rm", "-f", "-t", "0", "late");
            assertThat(ChangeTexts.next(events, "died late-5").pod().name()).isEqualTo("late");
            assertThat(asked.finds.get()).as("then they are remembered").isEqualTo(5);
            assertThat(asked.pods.get()).isZero();
            assertThat(asked.lists.get()).as("and nothing is polled").isEqualTo(1);
        }
    }

    @Test
    void rucksackIsPackedByPointersOrByTheApplication() throws InterruptedException {
        run("packed", "--hostname", "sea");
        try (PodmanWatcher watcher = ready(PodmanWatcher.at(podman.uri())
                .inspectFields(InspectPointers.of(List.of("/Config/Hostname", "/No/Such"))))) {
            assertThat(watcher.portfolio().find("packed").container().inspect())
                    .isEqualTo(Map.of("/Config/Hostname", "sea"));
        }
        try (PodmanWatcher watcher = ready(PodmanWatcher.at(podman.uri())
                        .inspectFields(document -> Map.of("sea", String.valueOf(document.contains("\"sea\"")))));
                Events events = watcher.events()) {
            assertThat(watcher.portfolio().find("packed").container().inspect()).isEqualTo(Map.of("sea", "true"));
            run("also-packed");
            assertThat(ChangeTexts.next(events, "started also-packed")
                            .container()
                            .inspect())
                    .isEqualTo(Map.of("sea", "false"));
        }
        try (PodmanWatcher watcher = ready(PodmanWatcher.at(podman.uri()).inspectFields(document -> {
            throw new IllegalStateException("torn");
        }))) {
            assertThat(watcher.portfolio().find("packed").container().inspect()).isEmpty();
            assertThat(watcher.portfolio().find("packed").container().privileged())
                    .isFalse();
        }
    }

    @Test
    void onlyAcceptedContainersAreKeptAndReported() throws InterruptedException {
        var filter = new ContainerFilter(
                (ContainerFilter.NameRule) null,
                null,
                List.of(),
                List.of(new ContainerFilter.LabelRule("hidden", null)),
                true);
        run("seen");
        run("unseen", "--label", "hidden=yes");
        try (PodmanWatcher watcher =
                        PodmanWatcher.at(podman.uri()).filter(filter).build();
                Events events = watcher.events()) {
            watcher.start();
            assertThat(ChangeTexts.until(events, "host synchronized"))
                    .containsExactly("host connected", "started seen", "host synchronized");
            assertThat(names(new ArrayList<>(watcher.portfolio().alive().values())))
                    .containsExactly("seen");
            podman.podman("kill", "unseen");
            podman.podman("kill", "seen");
            assertThat(ChangeTexts.until(events, "died seen")).containsExactly("died seen");
        }
    }

    @Test
    void furtherActionsAreReportedIfIncluded() throws InterruptedException {
        try (PodmanWatcher watcher = ready(PodmanWatcher.at(podman.uri()).actions("create", "remove"));
                Events events = watcher.events()) {
            run("all");
            podman.podman("rm", "-f", "-t", "0", "all");
            assertThat(ChangeTexts.until(events, "remove all"))
                    .containsExactly("create all", "started all", "died all", "remove all");
        }
    }

    @Test
    void closedSubscriptionBlocksNoOther() throws InterruptedException {
        try (PodmanWatcher watcher = ready(PodmanWatcher.at(podman.uri()).queue(1, 1));
                Events given = watcher.events();
                Events read = watcher.events()) {
            given.close();
            run("told");
            podman.podman("kill", "told");
            assertThat(ChangeTexts.until(read, "died told")).containsExactly("started told", "died told");
            assertThat(given.poll(Duration.ZERO)).isNull();
        }
    }

    @Test
    void engineAnswersFurtherRequests() throws EngineException {
        String id = run("asked");
        try (PodmanWatcher watcher = PodmanWatcher.at(podman.uri()).build();
                Engine engine = watcher.open()) {
            assertThat(engine.inspect(new ContainerId(id))
                            .orElseThrow()
                            .container()
                            .name())
                    .isEqualTo("asked");
            assertThat(engine.inspect(new ContainerId("no-such"))).isEmpty();
        }
    }

    private static PodmanWatcher ready(PodmanWatcherBuilder builder) {
        PodmanWatcher watcher = builder.build();
        watcher.start();
        watcher.ready().orTimeout(30, TimeUnit.SECONDS).join();
        return watcher;
    }

    private static List<String> names(List<LiveContainer> containers) {
        return containers.stream().map(alive -> alive.container().name()).toList();
    }

    private static String run(String name, String... options) {
        List<String> command = new ArrayList<>(List.of("run", "-d", "--name", name));
        command.addAll(List.of(options));
        command.addAll(List.of(PodmanService.IMAGE, "sleep", "600"));
        return podman.podman(command.toArray(String[]::new));
    }
}
