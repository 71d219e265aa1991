package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.model.Status;
import io.github.sealwatcher.watch.checkpoint.DedupWindow;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.ContainerList;
import io.github.sealwatcher.watch.state.State;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides of an event that is stamped shortly before the trail began, and was written after the log was read for the first
 * time, whether it was written late or came after the host's clock was set back by less than its answers show. What was before
 * the trail was before its first list, which shows what it led to.
 */
final class TrailBegin {

    /** A list rounds times down to this. */
    private static final long SECOND_NS = 1_000_000_000L;

    private TrailBegin() {}

    /**
     * The log was read for the first time: what it holds of shortly before the trail is known. What the list shows to be alive
     * ended behind that list, or an earlier life did: such an end is read once more, when a look-up shows which.
     *
     * @param before what the log holds of before the trail
     * @param fresh what it holds of the trail
     */
    static void read(StepContext context, ContainerList listing, List<EngineEvent> before, List<EngineEvent> fresh) {
        DedupWindow dedupWindow = context.checkpoint.dedupWindow();
        long fromNs = dedupWindow.beginNs() - context.options.overlapNs();
        Map<String, Integer> ended = ended(listing, before);
        fresh.stream().filter(TrailBegin::isStart).forEach(event -> ended.remove(event.actorId()));
        for (int i = 0; i < before.size(); i++) {
            EngineEvent event = before.get(i);
            if (event.timeNs() >= fromNs
                    && event.timeNs() < dedupWindow.beginNs()
                    && i < ended.getOrDefault(event.actorId(), before.size())) {
                dedupWindow = dedupWindow.passing(event);
            }
        }
        context.checkpoint = context.checkpoint.with(dedupWindow.readFrom(fromNs));
    }

    /** Where the end of each container stands of which the list still shows the life, as far as its start can be that. */
    private static Map<String, Integer> ended(ContainerList listing, List<EngineEvent> before) {
        Set<String> begun = new HashSet<>();
        Map<String, Integer> ended = new HashMap<>();
        for (int i = 0; i < before.size(); i++) {
            EngineEvent event = before.get(i);
            if (isStart(event)) {
                ended.remove(event.actorId());
                if (isStartOfListed(listing, event)) {
                    begun.add(event.actorId());
                }
            } else if (event.action().equals(Actions.DIED) && begun.remove(event.actorId())) {
                ended.put(event.actorId(), i);
            }
        }
        return ended;
    }

    private static boolean isStart(EngineEvent event) {
        return Actions.BEGINNING.contains(event.action());
    }

    private static boolean isStartOfListed(ContainerList listing, EngineEvent event) {
        ObservedContainer listed = Actions.isOfContainer(event) ? listing.get(Actions.containerId(event)) : null;
        Life life = listed == null ? null : listed.life();
        return life != null && life.canBe(UnconfirmedLives.begunBy(event));
    }

    /** Whether the event can be of before the trail and written late. */
    static boolean isDoubtful(StepContext context, EngineEvent event) {
        long beginNs = context.checkpoint.dedupWindow().beginNs();
        State.ReadUntil read = context.readUntil;
        // Whatever was written late was there when the log was read once more, so much later.
        boolean young = read == null || read.sinceTicks() < context.beganTicks + GapDetector.LATE_NS;
        return young
                && context.clockSetBackNs == 0
                && beginNs > context.checkpoint.dedupWindow().lowWatermarkNs()
                && event.timeNs() < beginNs
                && event.timeNs() >= beginNs - GapDetector.LATE_NS;
    }

    /**
     * Whether the first list of the trail has shown already what the event led to.
     *
     * @param answer what was asked for this event; null if nothing was
     */
    static boolean isShown(StepContext context, EngineEvent event, @Nullable ObservedContainer answer) {
        if (!isDoubtful(context, event)) {
            return false;
        }
        ContainerId id = Actions.containerId(event);
        LiveContainer alive = context.checkpoint.portfolio().alive(id);
        boolean seen = context.cache.agreedNs() != Long.MIN_VALUE;
        return switch (event.action()) {
            case Actions.START, Actions.RESTORE ->
                alive == null && context.cache.endedAtNs(id) == null && hasEnded(context, event, id, answer);
            case Actions.PAUSE -> alive == null || isShown(context, alive, Status.PAUSED, answer);
            case Actions.UNPAUSE -> alive == null || isShown(context, alive, Status.RUNNING, answer);
            case Actions.DIED, Actions.CHECKPOINT -> alive == null;
            case Actions.REMOVE -> seen && alive == null && isUnknown(context, id);
            case Actions.CREATE -> seen && shown(context, id) != null;
            default -> seen;
        };
    }

    /** As the last list showed it that agreed with what was known; a process that has none takes the last list. */
    private static @Nullable ObservedContainer shown(StepContext context, ContainerId id) {
        return context.cache.agreedNs() == Long.MIN_VALUE
                ? context.cache.get(id)
                : context.cache.listed().agreed().get(id);
    }

    /** Whether what the event began ended before the first list. */
    private static boolean hasEnded(
            StepContext context, EngineEvent event, ContainerId id, @Nullable ObservedContainer answer) {
        Life now = answer == null ? null : answer.life();
        if (now != null && now.canBe(UnconfirmedLives.begunBy(event))) {
            return false;
        }
        boolean unseen = context.cache.agreedNs() == Long.MIN_VALUE;
        EngineEvent next = unseen ? context.queue.boundAfter(event) : null;
        boolean ends = next != null && next.action().equals(Actions.DIED) && isDoubtful(context, next);
        return ends || hasEnded(shown(context, id), event.timeNs());
    }

    private static boolean hasEnded(@Nullable ObservedContainer listed, long startNs) {
        if (listed == null || !(listed.state() instanceof RunState.Ended ended)) {
            return false;
        }
        Long endedAtNs = ended.endedAtNs();
        return endedAtNs == null || startNs < endedAtNs + (endedAtNs % SECOND_NS == 0 ? SECOND_NS : 0);
    }

    /**
     * Whether it led to what is known, or to what ended before the first list: then it is not so now either, or only since what
     * turned it back, which waits.
     */
    private static boolean isShown(
            StepContext context, LiveContainer alive, Status to, @Nullable ObservedContainer answer) {
        boolean now = answer != null
                && answer.state() instanceof RunState.Live live
                && live.status() == to
                && !context.queue.isWaiting(alive.id().value(), to == Status.PAUSED ? Actions.UNPAUSE : Actions.PAUSE);
        return alive.status() == to || (!now && ListedLife.isOfFirstList(context, alive));
    }

    private static boolean isUnknown(StepContext context, ContainerId id) {
        return shown(context, id) == null
                && context.cache.changedNs(id) == Long.MIN_VALUE
                && context.checkpoint.portfolio().podOf(id) == null;
    }

    /** What the log has behind something of its container that is surely of the trail, and so is of it too. */
    static final class Following {

        private final boolean all;
        private final Set<EventId> ids = new HashSet<>();
        private final Set<String> containers = new HashSet<>();

        /** @param all whether the log was begun after the trail, and so all is of it */
        Following(boolean all) {
            this.all = all;
        }

        /** The next event of the log that is new. */
        void add(StepContext context, EngineEvent event) {
            boolean sure = all || containers.contains(event.actorId());
            if (sure) {
                ids.add(event.id());
            }
            if (sure || !isDoubtful(context, event)) {
                containers.add(event.actorId());
            }
        }

        boolean contains(EngineEvent event) {
            return ids.contains(event.id());
        }
    }
}
