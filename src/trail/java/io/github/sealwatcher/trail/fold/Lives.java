package io.github.sealwatcher.trail.fold;

import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.ContainerFacts;
import io.github.sealwatcher.trail.event.ContainerKey;
import io.github.sealwatcher.trail.event.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes lives out of the fold's steps; each is given away as soon as it has ended. */
public final class Lives {
    private final Consumer<Life> sink;
    private final Map<ContainerKey, List<Window>> pauses = new HashMap<>();

    /** @param sink gets the lives in the order of their ends */
    public Lives(Consumer<Life> sink) {
        this.sink = sink;
    }

    /** Takes the fold's next step. */
    public void add(Step step) {
        ContainerEvent event = step.event();
        FoldedContainer before = step.before();
        switch (event.type()) {
            case "start" -> {
                // A start of an alive container: its end is missing, or a snapshot reports it again.
                if (before != null && before.isEndedBy(event)) {
                    sink.accept(life(event.key(), before, null, event.timeNs()));
                }
            }
            case "die" -> sink.accept(ended(event, before));
            case "pause", "unpause" -> {
                if (before != null && before.paused()) {
                    pauses.computeIfAbsent(event.key(), key -> new ArrayList<>())
                            .add(new Window(before.sinceNs(), event.timeNs()));
                }
            }
            default -> {
                // Does not change the length of a life.
            }
        }
    }

    /** Gives away those that are alive still. */
    public void finish(Fold fold) {
        fold.alive().forEach((key, live) -> sink.accept(life(key, live, null, Long.MAX_VALUE)));
    }

    private Life ended(ContainerEvent end, @Nullable FoldedContainer before) {
        if (before != null) {
            return life(end.key(), before, end, end.timeNs());
        }
        Long started = end.container().startedAtNs();
        long fromNs = started == null ? end.timeNs() : started;
        return new Life(end.key(), end.container(), end.pod(), fromNs, end.timeNs(), null, end, List.of());
    }

    private Life life(ContainerKey key, FoldedContainer live, @Nullable ContainerEvent end, long untilNs) {
        List<Window> paused = new ArrayList<>(pauses.getOrDefault(key, List.of()));
        pauses.remove(key);
        if (live.paused()) {
            paused.add(new Window(live.sinceNs(), untilNs));
        }
        ContainerFacts facts = end == null || end.container().name() == null ? live.facts() : end.container();
        ContainerEvent start = live.start().type().equals("start") ? live.start() : null;
        return new Life(key, facts, live.pod(), live.startedNs(), untilNs, start, end, List.copyOf(paused));
    }
}
