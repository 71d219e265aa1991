package io.github.sealwatcher.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sealwatcher.PodmanWatcher;
import io.github.sealwatcher.connect.Samples;
import io.github.sealwatcher.connect.config.HostConfig;
import io.github.sealwatcher.connect.config.PodmanConfig;
import io.github.sealwatcher.testkit.PodmanService;
import io.github.sealwatcher.watch.Backoff;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How long it takes from nothing until all running containers are known: the connector's watcher, with and without inspects,
 * beside one list, and beside a list with an inspect of each container, eight at a time. By turns, on the same server.
 */
public final class Sync {

    private static final int WARM_UP = 30;
    private static final int RUNS = 7;
    private static final int AT_A_TIME = 8;
    private static final String API = "/v4.0.0/libpod/containers/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path socket;

    private Sync(Path socket) {
        this.socket = socket;
    }

    /** Arguments: how many containers run, any number of times; {@code real} before one takes this machine's Podman. */
    public static void main(String[] args) throws Exception {
        List<String> arguments = args.length > 0 ? List.of(args) : List.of("real", "50", "50", "500", "5000");
        System.out.printf(
                "%-14s %14s %14s %14s %14s %8s %8s%n",
                "ms", "list", "list+inspects", "ours", "ours, lists", "ratio", "lists");
        boolean real = false;
        for (String argument : arguments) {
            if (argument.equals("real")) {
                real = true;
            } else if (real) {
                onPodman(Integer.parseInt(argument));
                real = false;
            } else {
                onScripted(Integer.parseInt(argument));
            }
        }
    }

    private static void onPodman(int containers) throws Exception {
        try (PodmanService podman = PodmanService.started()) {
            for (int i = 0; i < containers; i++) {
                podman.podman(
                        "run",
                        "-d",
                        "--network",
                        "none",
                        "--name",
                        "service-" + i,
                        PodmanService.IMAGE,
                        "sleep",
                        "3600");
            }
            new Sync(podman.socket()).measure(containers + " real");
        }
    }

    private static void onScripted(int containers) throws Exception {
        Process server = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServedHost.class.getName(),
                        String.valueOf(containers))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            var out = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
            new Sync(Path.of(out.readLine())).measure(containers + " scripted");
        } finally {
            server.getOutputStream().close();
            server.waitFor();
        }
    }

    private void measure(String name) throws Exception {
        double[][] ms = new double[4][RUNS];
        for (int i = -WARM_UP; i < RUNS; i++) {
            double[] pass = {time(this::list), time(this::listAndInspect), ours(true), ours(false)};
            for (int j = 0; i >= 0 && j < pass.length; j++) {
                ms[j][i] = pass[j];
            }
        }
        double[] ratios = new double[RUNS];
        double[] listRatios = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            ratios[i] = ms[2][i] / ms[1][i];
            listRatios[i] = ms[3][i] / ms[0][i];
        }
        System.out.printf(
                Locale.ROOT,
                "%-14s %14s %14s %14s %14s %8.2f %8.2f%n",
                name,
                text(ms[0]),
                text(ms[1]),
                text(ms[2]),
                text(ms[3]),
                median(ratios),
                median(listRatios));
    }

    private static double time(Callable<Integer> action) throws Exception {
        long beginNs = System.nanoTime();
        action.call();
        return (System.nanoTime() - beginNs) / 1e6;
    }

    private int list() throws IOException {
        try (var client = new HttpClient(socket)) {
            return ids(client).size();
        }
    }

    private static List<String> ids(HttpClient client) throws IOException {
        List<String> ids = new ArrayList<>();
        for (JsonNode row : JSON.readTree(client.get(API + "json?all=true"))) {
            ids.add(row.path("Id").asText());
        }
        return ids;
    }

    private int listAndInspect() throws IOException, ExecutionException, InterruptedException {
        List<String> ids;
        try (var client = new HttpClient(socket)) {
            ids = ids(client);
        }
        ExecutorService pool = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<Future<Integer>> parts = new ArrayList<>();
            for (int i = 0; i < AT_A_TIME; i++) {
                int part = i;
                parts.add(pool.submit(() -> inspect(ids, part)));
            }
            int running = 0;
            for (Future<Integer> part : parts) {
                running += part.get();
            }
            return running;
        } finally {
            pool.shutdown();
        }
    }

    /** Each thread has a connection of its own, and every eighth container. */
    private int inspect(List<String> ids, int part) throws IOException {
        int running = 0;
        try (var client = new HttpClient(socket)) {
            for (int i = part; i < ids.size(); i += AT_A_TIME) {
                JsonNode document = JSON.readTree(client.get(API + ids.get(i) + "/json"));
                running += document.at("/State/Running").asBoolean() ? 1 : 0;
            }
        }
        return running;
    }

    /** Milliseconds, as a task watches it for the first time; what the end of it takes isn't counted. */
    private double ours(boolean inspects) throws ExecutionException, InterruptedException {
        PodmanConfig config = Samples.config(
                Map.of("podman.hosts", "edge-1=unix://" + socket, "inspect.enabled", Boolean.toString(inspects)));
        HostConfig host = config.hosts().get(0);
        try (PodmanWatcher watcher = PodmanWatcher.at(host.entry().address())
                .host(host.name())
                .backoff(Backoff.forever())
                .options(host.options(config.topics(), 7))
                .build()) {
            long beginNs = System.nanoTime();
            watcher.start();
            watcher.ready().get();
            if (watcher.portfolio().alive().isEmpty()) {
                throw new IllegalStateException("nothing runs on " + socket);
            }
            return (System.nanoTime() - beginNs) / 1e6;
        }
    }

    private static String text(double[] ms) {
        double[] sorted = ms.clone();
        Arrays.sort(sorted);
        return String.format(Locale.ROOT, "%.0f (%.0f-%.0f)", median(ms), sorted[0], sorted[sorted.length - 1]);
    }

    private static double median(double[] figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
