package io.github.sealwatcher.connect.config;

import io.github.sealwatcher.model.HostName;
import java.io.Serial;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;

/** Two values are good by themselves and don't fit together. */
public final class InvalidSettingException extends ConfigException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String problem;

    /** @param key the one of the two to complain about */
    InvalidSettingException(String key, String problem) {
        super(key + ": " + problem);
        this.key = key;
        this.problem = problem;
    }

    /**
     * The same at a key that is set for one host, if it is such a key that doesn't fit.
     *
     * @param own the keys that are set for that host
     */
    public InvalidSettingException of(HostName host, Set<String> own) {
        String prefix = HostKeys.PREFIX + host + ".";
        if (own.contains(key)) {
            return new InvalidSettingException(prefix + key, problem);
        }
        return own.stream()
                .filter(problem::contains)
                .findFirst()
                .map(other -> new InvalidSettingException(prefix + other, key + ": " + problem))
                .orElse(this);
    }

    public String key() {
        return key;
    }

    public String problem() {
        return problem;
    }
}
