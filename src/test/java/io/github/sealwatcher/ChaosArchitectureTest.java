package io.github.sealwatcher;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The walls between the packages of {@code bin/chaos}: who judges must not depend on who torments. */
class ChaosArchitectureTest {

    private static final String CHAOS = "io.github.sealwatcher.chaos";
    private static final JavaClasses TESTS =
            new ClassFileImporter().importPath(Path.of("target/test-classes/io/github/sealwatcher/chaos"));

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "world,    ''",
        "workload, world",
        "checker,  world",
        "nemesis,  checker workload world",
    })
    void packageUsesOnlyThePackagesBelowIt(String user, String used) {
        String[] allowed = Stream.concat(Stream.of(user), Arrays.stream(used.split(" ", -1)))
                .filter(name -> !name.isEmpty())
                .map(name -> CHAOS + "." + name)
                .toArray(String[]::new);

        classes()
                .that()
                .resideInAPackage(CHAOS + "." + user)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(not(resideInAPackage(CHAOS + ".."))))
                .because("a verdict that shares code with what it judges proves little: move what both need to world,"
                        + " or let the root package pass it in")
                .check(TESTS);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"world", "workload", "checker", "nemesis"})
    void checkerAndNemesisShareNoCodeWithTheConnector(String user) {
        classes()
                .that()
                .resideInAPackage(CHAOS + "." + user)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                CHAOS + "..", "io.github.sealwatcher.testkit", "io.github.sealwatcher.trail..")
                        .or(not(resideInAPackage("io.github.sealwatcher.."))))
                .because("the connector runs in a process of its own and is judged from outside: a bug in shared code"
                        + " would be in the verdict, too. The trail reader shares only the digest with it, and users judge"
                        + " by its rules")
                .check(TESTS);
    }
}
