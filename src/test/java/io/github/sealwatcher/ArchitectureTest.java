package io.github.sealwatcher;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The folder tree and its layering as a build failure; each reason says what to do instead. */
class ArchitectureTest {

    private static final String ROOT = "io.github.sealwatcher";
    private static final int MAX_LINES_OF_A_FILE = 400;

    /** Files that must name each other: a sealed type and what it permits, a type and the builder that it hands out. */
    private static final Map<String, String> INSEPARABLE = Map.of(
            "model.ContainerChange", "model.Change",
            "model.HostChange", "model.Change",
            "trail.event.ContainerEvent", "trail.event.TrailRecord",
            "trail.event.HostEvent", "trail.event.TrailRecord",
            "trail.event.StateRow", "trail.event.TrailRecord",
            "trail.event.Unreadable", "trail.event.TrailRecord",
            "PodmanWatcherBuilder", "PodmanWatcher");

    private static final JavaClasses MAIN = new ClassFileImporter().importPath("target/classes");

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "model,         ''",
        "watch.checkpoint, model",
        "watch.state,   watch.checkpoint model",
        "watch,         watch.checkpoint watch.state model",
        "engine,        model",
        "engine.podman, engine model transport",
        "transport,     ''",
        "host,          watch watch.checkpoint watch.state engine model",
        "(root),        model watch watch.checkpoint engine engine.podman transport host",
        "connect.metrics, model host",
        "connect.config, model watch engine.podman transport",
        "connect.offset, model watch.checkpoint",
        "connect.record, connect.config connect.offset model watch watch.checkpoint host",
        "connect,       (root) connect.metrics connect.config connect.offset connect.record model watch watch.checkpoint engine engine.podman transport host",
        "trail.event,   model",
        "trail.fold,    trail.event",
        "trail.rule,    trail.event trail.fold",
        "trail.cover,   trail.event",
        "trail.topic,   trail.event trail.rule",
        "trail.page,    trail.event trail.fold trail.cover",
        "trail,         trail.event trail.fold trail.rule trail.cover trail.topic trail.page",
    })
    void packageUsesOnlyThePackagesBelowIt(String user, String used) {
        String[] allowed = Stream.concat(Stream.of(user), Arrays.stream(used.split(" ", -1)))
                .filter(name -> !name.isEmpty())
                .map(ArchitectureTest::packageOf)
                .toArray(String[]::new);

        classes()
                .that()
                .resideInAPackage(packageOf(user))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(not(resideInAPackage(ROOT + ".."))))
                .because("dependencies point one way: move the type down to the package both may use (often model),"
                        + " or pass it in by an interface that connect, the composition root, fills in")
                .check(MAIN);
    }

    @Test
    void filesHaveNoCycles() {
        slices().assignedFrom(new SourceFiles())
                .should()
                .beFreeOfCycles()
                .because("what two files need of each other belongs into a third one that both may use")
                .check(MAIN);
    }

    @Test
    void everyClassLivesInAPackageOfTheTree() {
        classes()
                .should()
                .resideInAnyPackage(
                        ROOT,
                        ROOT + ".model",
                        ROOT + ".watch",
                        ROOT + ".watch.state",
                        ROOT + ".watch.checkpoint",
                        ROOT + ".engine",
                        ROOT + ".engine.podman",
                        ROOT + ".transport",
                        ROOT + ".host",
                        ROOT + ".connect",
                        ROOT + ".connect.metrics",
                        ROOT + ".connect.config",
                        ROOT + ".connect.offset",
                        ROOT + ".connect.record",
                        ROOT + ".trail..")
                .because("the folder tree answers 'where is X?': put the class into the package whose sentence in"
                        + " package-info.java fits; a new package needs its line in this test first")
                .check(MAIN);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(**)")
                .should()
                .beFreeOfCycles()
                .because("packages that need each other can't be understood one by one:"
                        + " move the type that both use down, or pass it in by an interface")
                .check(MAIN);
    }

    @Test
    void onlyConnectKnowsKafka() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".connect..", ROOT + ".trail", ROOT + ".trail.topic")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .because(
                        "the watcher is a library of its own: return a type of model, and map it to Kafka's in connect")
                .check(MAIN);
    }

    @Test
    void onlyEnginePodmanKnowsJsonAndHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".engine.podman", ROOT + ".trail..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.jackson..", "org.apache.hc..")
                .because("Podman's wire format is a detail of its engine: decode it in engine.podman,"
                        + " and hand on a type of engine or model")
                .check(MAIN);
    }

    @Test
    void onlyTransportKnowsUnixSocketsAndSsh() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".transport")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.newsclub..", "com.jcraft..")
                .because("how a socket comes about is transport's own business: take a java.net.Socket from its Dialer")
                .check(MAIN);
    }

    @Test
    void coreIsPure() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".watch..", ROOT + ".model")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.net..", "java.io..", "java.util.concurrent..", "org.slf4j..")
                                .or(JavaClass.Predicates.type(Clock.class)))
                .because(
                        "the core is tested by simulation: say what is to be done as an Output, let host do it and log it,"
                                + " and take what comes back as an Input")
                .check(MAIN);
    }

    @Test
    void trailRulesArePure() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".trail.event", ROOT + ".trail.fold", ROOT + ".trail.rule", ROOT + ".trail.cover")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net..", "java.nio..", "java.util.concurrent.locks..", "org.apache.kafka..", "picocli..")
                .because(
                        "the same rules judge a user's topics and our own chaos runs: read in trail.topic, print in trail")
                .check(MAIN);
    }

    @Test
    void coreTakesTimeAsAnArgument() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".watch..", ROOT + ".model")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .because("a simulation must be able to turn the clock: take the time from the Input's now")
                .check(MAIN);
    }

    @Test
    void kafkaUtilitiesAreNotUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka.common.utils..")
                .because(
                        "Kafka 4.4 moved these classes, and a worker that can't load one may die while scanning plugins:"
                                + " use the JDK's, and version.properties instead of AppInfoParser")
                .check(MAIN);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes()
                .should(resideInANullMarkedPackage())
                .because("NullAway looks at marked packages only: add a package-info.java with @NullMarked")
                .check(MAIN);
    }

    @Test
    void filesAreShortEnoughToRead() throws IOException {
        var tooLong = new TreeMap<String, Integer>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                int lines = Files.readAllLines(file).size();
                if (lines > MAX_LINES_OF_A_FILE) {
                    tooLong.put(file.toString(), lines);
                }
            }
        }

        assertThat(tooLong)
                .as("files over %d lines: find the second noun in the file, and give it a file", MAX_LINES_OF_A_FILE)
                .isEmpty();
    }

    /** The root is the door of the library, which only the connector comes through. */
    private static String packageOf(String name) {
        return name.equals("(root)") ? ROOT : ROOT + "." + name;
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a package marked @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                String message = type.getPackageName() + " of " + type.getSimpleName() + " is not marked";
                events.add(new SimpleConditionEvent(type, marked, message));
            }
        };
    }

    /** Each source file, with its nested types, as one slice; a sealed family or a builder is one with what it belongs to. */
    private static final class SourceFiles implements SliceAssignment {
        @Override
        public String getDescription() {
            return "source files";
        }

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getName();
            if (!name.startsWith(ROOT + ".")) {
                return SliceIdentifier.ignore();
            }
            int nested = name.indexOf('$');
            String file = (nested < 0 ? name : name.substring(0, nested)).substring(ROOT.length() + 1);
            return SliceIdentifier.of(INSEPARABLE.getOrDefault(file, file));
        }
    }
}
