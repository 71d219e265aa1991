package io.github.sealwatcher.example;

import io.github.sealwatcher.Events;
import io.github.sealwatcher.PodmanWatcher;
import io.github.sealwatcher.model.Change;
import io.github.sealwatcher.model.ContainerChange;
import io.github.sealwatcher.model.HostChange;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.watch.Backoff;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Prints what is alive, by compose projects, and then what happens, until the container named {@code args[1]} dies. */
public final class WatchPodman {

    private WatchPodman() {}

    public static void main(String... args) throws InterruptedException {
        String uri = args.length > 0 ? args[0] : "";
        String last = args.length > 1 ? args[1] : "";
        try (PodmanWatcher watcher =
                        PodmanWatcher.at(uri).backoff(Backoff.forever()).build();
                Events events = watcher.events()) {
            watcher.start();
            for (Change change = events.take(); change != null; change = events.take()) {
                if (change instanceof HostChange host) {
                    System.out.println(host.type() + " " + Objects.requireNonNullElse(host.reason(), ""));
                    if (host.type() == HostChange.Type.SYNCHRONIZED) {
                        print(watcher.portfolio());
                    }
                } else if (change instanceof ContainerChange container) {
                    System.out.println(
                            container.kind() + " " + container.container().name());
                    if (container.kind() == ContainerChange.Kind.DIED
                            && last.equals(container.container().name())) {
                        return;
                    }
                }
            }
        }
    }

    private static void print(Portfolio portfolio) {
        List<String> projects = new ArrayList<>(portfolio.projects());
        projects.add("");
        for (String project : projects) {
            System.out.println("project \"" + project + "\":");
            for (LiveContainer alive : portfolio.containersOf(project)) {
                System.out.println("  " + alive.container().name() + ", PID "
                        + alive.life().pid() + (alive.isPaused() ? ", paused" : ""));
            }
        }
    }
}
