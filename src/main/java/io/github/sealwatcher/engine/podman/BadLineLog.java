package io.github.sealwatcher.engine.podman;

import io.github.sealwatcher.model.HostName;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says of a host once for each kind that event lines can't be understood, however often it is connected anew. Thread-safe. */
public final class BadLineLog implements BadLines {

    private static final Logger LOG = LoggerFactory.getLogger(BadLineLog.class);

    private final HostName host;
    private final Runnable counter;
    private final Set<Kind> reported = ConcurrentHashMap.newKeySet();

    /**
     * Nothing said yet.
     *
     * @param counter is run for every line that is skipped
     */
    public BadLineLog(HostName host, Runnable counter) {
        this.host = host;
        this.counter = counter;
    }

    @Override
    public void skipped(Kind kind) {
        counter.run();
    }

    @Override
    public void first(Kind kind, String excerpt) {
        if (reported.add(kind)) {
            LOG.warn("Host {}: skipping event lines that can't be understood ({}), such as: {}", host, kind, excerpt);
        }
    }
}
