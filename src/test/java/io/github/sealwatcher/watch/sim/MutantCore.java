package io.github.sealwatcher.watch.sim;

import static io.github.sealwatcher.mutant.MutantClasses.ROOT;

import io.github.sealwatcher.mutant.Mutant;
import io.github.sealwatcher.mutant.MutantClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The core with a mutant in it, and the simulator around it. */
final class MutantCore implements AutoCloseable {

    /** What is loaded anew for each mutant: the core, the simulator around it, and the codec between them. */
    private static final List<String> OWN = List.of(ROOT + "watch.", ROOT + "model.", ROOT + "connect.");

    private final MutantClasses classes;

    /** @param directory where the classes go */
    MutantCore(Mutant mutant, Path directory) throws IOException {
        classes = new MutantClasses(mutant, OWN, directory);
    }

    /** Of what a checker complains first at that seed; null if none does. */
    @Nullable
    String complaint(long seed, boolean losing, boolean shrinks) throws ReflectiveOperationException {
        Class<?> run = classes.load(ROOT + "watch.sim.FirstViolation");
        return (String)
                run.getMethod("at", long.class, boolean.class, boolean.class).invoke(null, seed, losing, shrinks);
    }

    /** Of what a checker complains first when a script is played; null if none does. */
    @Nullable
    String complaint(String script) throws ReflectiveOperationException {
        Class<?> run = classes.load(ROOT + "watch.sim.FirstViolation");
        return (String) run.getMethod("playing", String.class).invoke(null, script);
    }

    @Override
    public void close() throws IOException {
        classes.close();
    }
}
