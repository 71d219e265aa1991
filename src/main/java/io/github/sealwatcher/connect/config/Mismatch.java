package io.github.sealwatcher.connect.config;

import java.io.Serial;
import org.apache.kafka.common.config.ConfigException;

/** Two values are good by themselves and don't fit together. */
public final class Mismatch extends ConfigException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String problem;

    /** @param key the one of the two to complain about */
    Mismatch(String key, String problem) {
        super(key + ": " + problem);
        this.key = key;
        this.problem = problem;
    }

    public String key() {
        return key;
    }

    public String problem() {
        return problem;
    }
}
