package io.github.sealwatcher.trail;

import io.github.sealwatcher.trail.topic.Progress;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/** Shows the progress of a long read in one line of the terminal, and clears the line at the end. */
final class TerminalProgress implements Progress {
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream terminal;
    private final long beganNs = System.nanoTime();
    private long shownNs = beganNs;
    private boolean shown;

    TerminalProgress(PrintStream terminal) {
        this.terminal = terminal;
    }

    @Override
    public void at(String topic, long done, long all) {
        long now = System.nanoTime();
        if (done >= all) {
            if (shown) {
                terminal.print(CLEAR);
                terminal.flush();
                shown = false;
            }
        } else if (now - shownNs > PERIOD_NS) {
            shownNs = now;
            shown = true;
            long seconds = TimeUnit.NANOSECONDS.toSeconds(now - beganNs);
            terminal.printf("%sreading %s: %d of %d (%d%%), %d s", CLEAR, topic, done, all, 100 * done / all, seconds);
            terminal.flush();
        }
    }
}
