package io.github.sealwatcher.connect;

import io.github.sealwatcher.connect.config.HostConfig;
import io.github.sealwatcher.connect.config.HostEntry;
import io.github.sealwatcher.connect.config.HostsConfig;
import io.github.sealwatcher.engine.Engine;
import io.github.sealwatcher.engine.EngineException;
import io.github.sealwatcher.host.HostMetrics;
import io.github.sealwatcher.model.HostName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks hosts whether they answer, all at once, and waits for all of them together no longer than a limit. */
final class HostProbe {

    private static final Logger LOG = LoggerFactory.getLogger(HostProbe.class);
    private static final int MAX_THREADS = 128;
    /** More than that nobody reads, and the answer to the request would be megabytes. */
    private static final int MAX_REPORTED = 20;

    private final Engines engines;
    private final Duration limit;

    HostProbe(Engines engines, Duration limit) {
        this.engines = engines;
        this.limit = limit;
    }

    /**
     * What is wrong with hosts that don't answer as they should: what was found, and what can be done. Of many such hosts
     * the first few, and how many there are. A host that it wasn't yet the turn of when time was up is taken to be well.
     */
    List<String> problems(List<HostConfig> hosts) throws InterruptedException {
        long deadlineNs = System.nanoTime() + limit.toNanos();
        WorkerContext context = WorkerContext.capture();
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(MAX_THREADS, hosts.size()), body -> {
            Thread thread = new Thread(context.wrap(body), "podman-validation");
            thread.setDaemon(true);
            return thread;
        });
        Map<HostConfig, Engine> open = new LinkedHashMap<>();
        try {
            Map<HostConfig, Future<?>> asked = new LinkedHashMap<>();
            Set<HostName> begun = ConcurrentHashMap.newKeySet();
            for (HostConfig host : hosts) {
                Engine engine = engines.open(host, any -> true, new HostMetrics());
                open.put(host, engine);
                asked.put(host, threads.submit(() -> {
                    begun.add(host.name());
                    return engine.ping();
                }));
            }
            List<String> problems = new ArrayList<>();
            int unasked = 0;
            for (Map.Entry<HostConfig, Future<?>> entry : asked.entrySet()) {
                String problem = problem(entry.getValue(), deadlineNs);
                if (problem != null && !begun.contains(entry.getKey().name())) {
                    unasked++;
                } else if (problem != null) {
                    problems.add(reported(entry.getKey().entry(), problem));
                }
            }
            if (unasked > 0) {
                LOG.warn(
                        "{} of {} hosts couldn't be checked within {} ms; they are assumed to be reachable",
                        unasked,
                        hosts.size(),
                        limit.toMillis());
            }
            return shortened(problems);
        } finally {
            open.values().forEach(Engine::close);
            threads.shutdownNow();
        }
    }

    private static List<String> shortened(List<String> problems) {
        if (problems.size() <= MAX_REPORTED) {
            return problems;
        }
        List<String> first = new ArrayList<>(problems.subList(0, MAX_REPORTED));
        first.add("and " + (problems.size() - MAX_REPORTED) + " more hosts don't answer as they should");
        return first;
    }

    private static String reported(HostEntry host, String problem) {
        String uri = host.address().uri();
        return "host " + host.name() + ": " + (problem.contains(uri) ? "" : uri + ": ") + problem
                + " (to go on while a host is down, set " + HostsConfig.VALIDATE + "=false)";
    }

    private @Nullable String problem(Future<?> answer, long deadlineNs) throws InterruptedException {
        try {
            answer.get(Math.max(0, deadlineNs - System.nanoTime()), TimeUnit.NANOSECONDS);
            return null;
        } catch (TimeoutException e) {
            return "no answer within " + limit.toSeconds() + " seconds; look whether Podman's API service runs there"
                    + " and can be reached from this worker";
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return cause instanceof EngineException ? cause.getMessage() : "it couldn't be asked: " + cause;
        }
    }
}
