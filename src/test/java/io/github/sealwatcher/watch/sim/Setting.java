package io.github.sealwatcher.watch.sim;

import java.util.List;

/**
 * What stays the same in a run.
 *
 * @param chance the seed of all that isn't in the moves: how long answers take, and in which order
 * @param podman whose behaviour
 * @param exactlyOnce whether what was given out and its checkpoint survive a crash together
 * @param keepsMs how much of the log a cut always leaves
 * @param oneClock whether we run on the host itself, so that its clock is ours
 */
record Setting(long chance, Version podman, boolean exactlyOnce, long keepsMs, boolean oneClock) {

    /** How Podmans differ when their log is cut or broken. */
    enum Version {
        /** 4.3: a followed stream ends when the log is cut, and every read ends at a broken line. */
        ENDING,
        /** 5.3 to 5.5: skips and repeats when the log is cut; a broken line ends the whole service. */
        FAILING,
        /** Later ones: skip and repeat when the log is cut, and leave broken lines out. */
        SKIPPING
    }

    static Setting parse(String line) {
        List<String> words = List.of(line.trim().split(" +"));
        return new Setting(
                Long.parseLong(words.get(1)),
                Version.valueOf(words.get(2)),
                words.get(3).equals("exactly-once"),
                Long.parseLong(words.get(4)),
                words.get(5).equals("one-clock"));
    }

    Setting with(long otherChance) {
        return new Setting(otherChance, podman, exactlyOnce, keepsMs, oneClock);
    }

    @Override
    public String toString() {
        return "setting " + chance + " " + podman + " " + (exactlyOnce ? "exactly-once" : "at-least-once") + " "
                + keepsMs + " " + (oneClock ? "one-clock" : "two-clocks");
    }
}
