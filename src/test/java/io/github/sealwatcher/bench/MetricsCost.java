package io.github.sealwatcher.bench;

import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What metrics cost a whole task: {@link Stream} with the classes as they are, and with those that count nothing, by turns in
 * one JVM, so that both find the machine in the same mood.
 */
public final class MetricsCost {

    private static final int WARM_UP = 3;
    private static final int RUNS = 5;

    private MetricsCost() {}

    /** Arguments: where the classes are that count nothing; how many events a run has; the workload. */
    public static void main(String[] args) throws Exception {
        int events = args.length > 1 ? Integer.parseInt(args[1]) : 100_000;
        Workload workload = Workload.valueOf((args.length > 2 ? args[2] : "lives").toUpperCase(Locale.ROOT));
        String own = System.getProperty("java.class.path");
        try (var podman = new ServedPodman(workload, events);
                var with = loader(own);
                var without = loader(args[0] + File.pathSeparator + own)) {
            List<Method> ways = List.of(figures(with), figures(without));
            double[][] cpu = new double[2][RUNS];
            double[][] bytes = new double[2][RUNS];
            for (int run = -WARM_UP; run < RUNS; run++) {
                for (int way = 0; way < ways.size(); way++) {
                    double[] figures = (double[])
                            ways.get(way).invoke(null, podman.socket().toString(), events);
                    System.out.printf(
                            Locale.ROOT,
                            "%s %s: %.2f us, %.0f bytes%n",
                            run < 0 ? "warm-up" : "run " + (run + 1),
                            way == 0 ? "with" : "without",
                            figures[0],
                            figures[1]);
                    if (run >= 0) {
                        cpu[way][run] = figures[0];
                        bytes[way][run] = figures[1];
                    }
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s, an event: with metrics %s us and %s bytes; without %s us and %s bytes%n",
                    workload.name().toLowerCase(Locale.ROOT),
                    text(cpu[0], 2),
                    text(bytes[0], 0),
                    text(cpu[1], 2),
                    text(bytes[1], 0));
        }
    }

    /** Has all classes anew, but for the JDK's. */
    private static URLClassLoader loader(String classPath) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            urls.add(new File(entry).toURI().toURL());
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static Method figures(URLClassLoader loader) throws ReflectiveOperationException {
        return loader.loadClass(Stream.class.getName()).getMethod("figures", String.class, int.class);
    }

    private static String text(double[] figures, int digits) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        String format = "%." + digits + "f (%." + digits + "f-%." + digits + "f)";
        return String.format(Locale.ROOT, format, sorted[RUNS / 2], sorted[0], sorted[RUNS - 1]);
    }
}
