package io.github.sealwatcher.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The classes of the project with a mutant among them, loaded apart from all others: nothing that runs elsewhere in this
 * JVM meets the mutant. Only the mutant's file is compiled, so a mutant changes no constant that other files copy.
 */
public final class MutantClasses implements AutoCloseable {

    /** What all packages of the project begin with. */
    public static final String ROOT = "io.github.sealwatcher.";

    private static final Path CLASSES = Path.of(System.getProperty("sim.classes", "target/classes"));
    private static final Path TEST_CLASSES = Path.of(System.getProperty("sim.test.classes", "target/test-classes"));

    private final OwnFirst loader;

    /**
     * Compiles the mutant.
     *
     * @param own with what the names begin of all that is loaded anew; the rest is that of this class
     * @param directory where the mutant's classes go
     */
    public MutantClasses(Mutant mutant, List<String> own, Path directory) throws IOException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        compile(mutant, directory, classes);
        loader = new OwnFirst(own, new URL[] {
            classes.toUri().toURL(),
            TEST_CLASSES.toUri().toURL(),
            CLASSES.toUri().toURL()
        });
    }

    /** A class as the mutant's surroundings see it. */
    public Class<?> load(String name) throws ClassNotFoundException {
        return loader.loadClass(name);
    }

    ClassLoader loader() {
        return loader;
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    private static void compile(Mutant mutant, Path directory, Path classes) throws IOException {
        Path source = directory.resolve("sources").resolve(mutant.file() + ".java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, mutant.source());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String classPath = CLASSES + File.pathSeparator + System.getProperty("java.class.path");
        var errors = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            errors,
                            manager,
                            null,
                            List.of("-d", classes.toString(), "-cp", classPath, "-proc:none", "-nowarn"),
                            null,
                            manager.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as("%s compiles: %s", mutant, errors).isTrue();
        }
    }

    /** Looks into its own places first for what is its own, and nowhere else for that. */
    private static final class OwnFirst extends URLClassLoader {

        private final List<String> own;

        OwnFirst(List<String> own, URL[] places) {
            super(places, MutantClasses.class.getClassLoader());
            this.own = own;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (own.stream().noneMatch(name::startsWith)) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
