package io.github.sealwatcher.engine.podman;

import io.github.sealwatcher.model.HostName;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs once for each host and kind that event lines can't be decoded, however often the host is connected anew. Thread-safe. */
public final class BadLineLog implements BadLines {

    private static final Logger LOG = LoggerFactory.getLogger(BadLineLog.class);

    private final HostName host;
    private final Runnable counter;
    private final Set<Kind> reported = ConcurrentHashMap.newKeySet();

    /**
     * Nothing logged yet.
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
            LOG.warn(
                    "Host {}: event lines that can't be decoded ({}) are skipped; logged once. The first one: {}",
                    host,
                    kind,
                    excerpt);
        }
    }
}
