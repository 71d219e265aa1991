package io.github.sealwatcher.watch.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The core compiled with a mutant in it, and the simulator around it. */
final class MutantCore implements AutoCloseable {

    private static final Path SOURCES = Path.of("src/main/java/io/github/sealwatcher");
    private static final List<String> COMPILED = List.of("watch", "watch/state", "watch/checkpoint", "model");
    private static final String ROOT = "io.github.sealwatcher.";
    /** What is loaded anew for each mutant: the core, the simulator around it, and the codec between them. */
    private static final List<String> OWN = List.of(ROOT + "watch.", ROOT + "model.", ROOT + "connect.");

    private static final Path CLASSES = Path.of(System.getProperty("sim.classes", "target/classes"));
    private static final Path TEST_CLASSES = Path.of(System.getProperty("sim.test.classes", "target/test-classes"));

    private final OwnFirst loader;

    /** @param directory where the classes go */
    MutantCore(Mutant mutant, Path directory) throws IOException {
        compile(mutant, directory);
        loader = new OwnFirst(new URL[] {
            directory.toUri().toURL(),
            TEST_CLASSES.toUri().toURL(),
            CLASSES.toUri().toURL()
        });
    }

    /** Of what a checker complains first at that seed; null if none does. */
    @Nullable
    String complaint(long seed, boolean losing, boolean shrinks) throws ReflectiveOperationException {
        Class<?> run = loader.loadClass(ROOT + "watch.sim.FirstViolation");
        return (String)
                run.getMethod("at", long.class, boolean.class, boolean.class).invoke(null, seed, losing, shrinks);
    }

    /** Of what a checker complains first when a script is played; null if none does. */
    @Nullable
    String complaint(String script) throws ReflectiveOperationException {
        Class<?> run = loader.loadClass(ROOT + "watch.sim.FirstViolation");
        return (String) run.getMethod("playing", String.class).invoke(null, script);
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    private static void compile(Mutant mutant, Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String part : COMPILED) {
            Path sources = Files.createDirectories(directory.resolve("sources").resolve(part));
            try (Stream<Path> all = Files.list(SOURCES.resolve(part))) {
                for (Path source :
                        all.filter(file -> file.toString().endsWith(".java")).toList()) {
                    Path copy = sources.resolve(source.getFileName());
                    Files.writeString(copy, mutated(mutant, source));
                    files.add(copy);
                }
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var errors = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            errors,
                            manager,
                            null,
                            List.of("-d", directory.toString(), "-proc:none", "-nowarn"),
                            null,
                            manager.getJavaFileObjectsFromPaths(files))
                    .call();
            assertThat(compiled).as("%s compiles: %s", mutant, errors).isTrue();
        }
    }

    private static String mutated(Mutant mutant, Path source) throws IOException {
        String text = Files.readString(source);
        if (!source.endsWith(Path.of(mutant.file() + ".java"))) {
            return text;
        }
        int at = text.indexOf(mutant.original());
        assertThat(at).as("%s: what it replaces stands in %s", mutant, source).isNotNegative();
        assertThat(text.indexOf(mutant.original(), at + 1))
                .as("%s: only once", mutant)
                .isNegative();
        return text.replace(mutant.original(), mutant.replacement());
    }

    /** Looks into its own places first for the core and the simulator, and nowhere else for anything else. */
    private static final class OwnFirst extends URLClassLoader {

        OwnFirst(URL[] places) {
            super(places, MutantCore.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (OWN.stream().noneMatch(name::startsWith)) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
