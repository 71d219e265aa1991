package io.github.sealwatcher.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs one unit test as it is, but on the classes of a mutant. */
final class UnitTestRun {

    private static final LauncherConfig ALONE = LauncherConfig.builder()
            .enableLauncherSessionListenerAutoRegistration(false)
            .enableTestExecutionListenerAutoRegistration(false)
            .build();

    private UnitTestRun() {}

    /**
     * What the test complains of.
     *
     * @return null if it passes
     */
    static @Nullable Throwable complaint(MutantClasses classes, String test, String method)
            throws ReflectiveOperationException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(classes.loader());
        try {
            TestExecutionSummary summary = run(method(classes.load(MutantClasses.ROOT + test), method));
            assertThat(summary.getTestsStartedCount())
                    .as("tests run of %s.%s: %s", test, method, text(summary))
                    .isPositive();
            List<TestExecutionSummary.Failure> failures = summary.getFailures();
            return failures.isEmpty() ? null : failures.get(0).getException();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static TestExecutionSummary run(Method test) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(test.getDeclaringClass(), test))
                .configurationParameter("junit.jupiter.execution.timeout.default", "1 m")
                .build();
        Launcher launcher = LauncherFactory.create(ALONE);
        var listener = new SummaryGeneratingListener();
        launcher.execute(request, listener);
        return listener.getSummary();
    }

    private static Method method(Class<?> test, String name) {
        List<Method> methods = Arrays.stream(test.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .toList();
        assertThat(methods).as("tests %s of %s", name, test).hasSize(1);
        return methods.get(0);
    }

    private static String text(TestExecutionSummary summary) {
        var text = new StringWriter();
        summary.printFailuresTo(new PrintWriter(text));
        return text.toString();
    }
}
