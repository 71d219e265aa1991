package io.github.sealwatcher.fuzz;

import java.util.Locale;

/** Where {@code bin/fuzz} enters; the target is named by the system property {@code fuzz.target}. */
public final class Jazzer {

    private static final FuzzTarget TARGET =
            Targets.of(System.getProperty("fuzz.target", "events").toLowerCase(Locale.ROOT));

    private Jazzer() {}

    /** Found by its name. */
    public static void fuzzerTestOneInput(byte[] bytes) throws Exception {
        TARGET.read(bytes);
    }
}
