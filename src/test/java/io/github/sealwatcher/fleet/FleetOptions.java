package io.github.sealwatcher.fleet;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/**
 * What to measure.
 *
 * @param containers alive on each host from the beginning
 * @param hung how many hosts hang in the middle of it
 * @param refusing how many hosts are killed in the middle of it
 * @param window how long each reading takes
 * @param hostile whether there is one host more that answers in every bad way, from the middle on
 * @param settle how long the hosts are idle before that is measured
 * @param lives how many containers begin and end on each host that is well, within a window
 */
record FleetOptions(
        int hosts,
        int containers,
        int tasks,
        int hung,
        int refusing,
        boolean hostile,
        boolean exactlyOnce,
        String memory,
        Duration window,
        Duration settle,
        int lives) {

    static FleetOptions parse(List<String> arguments) {
        int hosts = 1000;
        int containers = 5;
        int tasks = 1;
        int hung = 0;
        int refusing = 0;
        boolean hostile = false;
        boolean exactlyOnce = false;
        String memory = "512m";
        Duration window = Duration.ofSeconds(30);
        Duration settle = Duration.ofSeconds(15);
        int lives = 1;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--hosts" -> hosts = Integer.parseInt(rest.next());
                case "--containers" -> containers = Integer.parseInt(rest.next());
                case "--tasks" -> tasks = Integer.parseInt(rest.next());
                case "--hung" -> hung = Integer.parseInt(rest.next());
                case "--refusing" -> refusing = Integer.parseInt(rest.next());
                case "--hostile" -> hostile = true;
                case "--exactly-once" -> exactlyOnce = true;
                case "--memory" -> memory = rest.next();
                case "--seconds" -> window = Duration.ofSeconds(Integer.parseInt(rest.next()));
                case "--settle" -> settle = Duration.ofSeconds(Integer.parseInt(rest.next()));
                case "--lives" -> lives = Integer.parseInt(rest.next());
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        if (hung + refusing >= hosts) {
            throw new IllegalArgumentException("no host would be well");
        }
        return new FleetOptions(
                hosts, containers, tasks, hung, refusing, hostile, exactlyOnce, memory, window, settle, lives);
    }
}
