package io.github.sealwatcher.trail.cover;

import io.github.sealwatcher.trail.event.Window;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How much of a host's time the trail covers.
 *
 * @param span from where its trail begins to now
 * @param windows in the order of their beginnings, clipped to the span
 * @param losses of the host's history, wherever they are
 */
public record HostCoverage(String host, Window span, List<BlindWindow> windows, List<Loss> losses) {

    /** The part of the span of which the trail holds everything, from 0 to 1. */
    public double covered() {
        return part(windows.stream().filter(window -> window.kind().isBlind()).toList());
    }

    /** The part of the span in which the host was watched as it went. */
    public double watched() {
        return part(windows);
    }

    /** How long the trail may not hold all, in nanoseconds. */
    public long blindNs() {
        return length(windows.stream().filter(window -> window.kind().isBlind()).toList());
    }

    /** The window that a time is in and that the trail may not hold all of. */
    public Optional<BlindWindow> blindAt(long timeNs) {
        return windows.stream()
                .filter(window -> window.kind().isBlind() && window.window().covers(timeNs))
                .findFirst();
    }

    /**
     * Whether what was known of a container may have changed unseen before a time: history lost events in between, and no
     * list made up for that until the container was reported again.
     *
     * @param knownNs when it was known last
     * @param nextNs when it was reported next; {@link Long#MAX_VALUE} if never
     */
    public boolean mayHaveChanged(long knownNs, long timeNs, long nextNs) {
        Window between = new Window(knownNs, timeNs);
        return losses.stream().anyMatch(loss -> loss.window().meets(between) && loss.settledNs() >= nextNs);
    }

    /** Whether history was lost within a window. */
    public boolean lost(Window window) {
        return losses.stream().anyMatch(loss -> loss.window().meets(window));
    }

    /** The same, of what is in a window that meets the span. */
    public HostCoverage within(Window window) {
        Window part = span.and(window);
        return new HostCoverage(
                host,
                part,
                windows.stream()
                        .filter(found -> found.window().meets(part))
                        .map(found -> new BlindWindow(host, found.window().and(part), found.kind(), found.reason()))
                        .toList(),
                losses);
    }

    private double part(List<BlindWindow> without) {
        long all = span.toNs() - span.fromNs();
        return all <= 0 ? 1 : 1 - (double) length(without) / all;
    }

    /** Of their union. */
    private static long length(List<BlindWindow> windows) {
        long length = 0;
        long until = Long.MIN_VALUE;
        List<Window> sorted = windows.stream()
                .map(BlindWindow::window)
                .sorted(Comparator.comparingLong(Window::fromNs))
                .toList();
        for (Window window : sorted) {
            long from = Math.max(window.fromNs(), until);
            if (window.toNs() > from) {
                length += window.toNs() - from;
                until = window.toNs();
            }
        }
        return length;
    }
}
