package io.github.sealwatcher.watch.state;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.RunState;
import io.github.sealwatcher.watch.checkpoint.Portfolio;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * What is remembered of the containers that exist, alive or not. Kept in memory only; the next list brings it back.
 *
 * @param listed what lists and look-ups showed
 * @param lives when something was last reported of each
 * @param outlived the lives that a list showed and a later one no longer does, of which nothing was known then
 * @param shown the lives that lists showed to go on
 */
public record ContainerCache(
        ListedContainers listed, LifeTimes lives, PMap<ContainerId, OutlivedLife> outlived, ShownLives shown) {

    /** Nothing remembered. */
    public static final ContainerCache EMPTY =
            new ContainerCache(ListedContainers.NONE, LifeTimes.NONE, HashTreePMap.empty(), ShownLives.NONE);

    /** What an earlier process has shown: its reports were not later than that, and of those lives it reported nothing. */
    static ContainerCache resumed(long timeNs, PMap<ContainerId, Life> unreported) {
        PMap<ContainerId, OutlivedLife> lives = HashTreePMap.empty();
        for (Map.Entry<ContainerId, Life> each : unreported.entrySet()) {
            lives = lives.plus(each.getKey(), OutlivedLife.unended(each.getValue()));
        }
        return new ContainerCache(ListedContainers.resumed(timeNs), LifeTimes.NONE, lives, ShownLives.NONE);
    }

    /** From when on what ends did so in a trail that began then: that is known to the second only, as any time of the host. */
    static long sureNs(long beginNs) {
        return beginNs + HostClock.UNNOTICED_NS;
    }

    private ContainerCache with(ListedContainers changed) {
        return new ContainerCache(changed, lives, outlived, shown);
    }

    private ContainerCache with(LifeTimes changed) {
        return new ContainerCache(listed, changed, outlived, shown);
    }

    /** What was seen of a container last; null if it is not remembered. */
    @Nullable
    public ObservedContainer get(ContainerId id) {
        return listed.observed().get(id);
    }

    @Nullable
    public Container container(ContainerId id) {
        return listed.container(id);
    }

    /** When each container was last reported as ended, by the host's clock; null if it was not. */
    @Nullable
    public Long endedAtNs(ContainerId id) {
        return lives.of(id).endedAtNs();
    }

    /** Whether the container was gone without a trace, and is there again: the endpoint led to another host meanwhile. */
    public boolean isBack(ContainerId id) {
        return isBack(id, lives.of(id));
    }

    private boolean isBack(ContainerId id, LifeTime time) {
        return time.vanished() != null && get(id) != null;
    }

    /** The life that was reported as ended when the container was gone without a trace, if it is back; else null. */
    @Nullable
    public Life lifeThatVanished(ContainerId id) {
        LifeTime time = lives.of(id);
        return isBack(id, time) ? time.vanished() : null;
    }

    /** Whether the container is back, and something that happened then came before it was gone. */
    public boolean isFromBeforeItVanished(ContainerId id, long timeNs) {
        LifeTime time = lives.of(id);
        return isBack(id, time) && time.endedAtNs() != null && timeNs <= time.endedAtNs();
    }

    /** Whether the container is back, and what began then can be the life that it had before it was gone. */
    public boolean isLifeThatVanished(ContainerId id, Life begun) {
        LifeTime time = lives.of(id);
        return time.vanished() != null && isBack(id, time) && time.vanished().canBe(begun);
    }

    /** Whether a life of a container that began then was reported as ended, or as one that only lists have shown. */
    public boolean isKnown(ContainerId id, long startedAtNs) {
        return lives.of(id).isKnown(startedAtNs);
    }

    /** Whether a life of a container that began then is a later one than that of which the end was read. */
    public boolean isBehindLast(ContainerId id, long startedAtNs) {
        return lives.of(id).isBehindLast(startedAtNs);
    }

    /** Whether it is the life of which the end was read last, which can be stamped before its start if the clock was set back. */
    public boolean isLast(ContainerId id, Life life) {
        Life last = lives.of(id).last();
        return last != null && last.canBe(life);
    }

    /** When the life began of which the end was read last, if none was reported since; the greatest value if that is unknown. */
    public long lastBegunNs(ContainerId id) {
        Life last = lives.of(id).last();
        return last == null ? Long.MAX_VALUE : last.startedAtNs();
    }

    /** Whether a life ended then that had been reported as ended before, when the container was gone without a trace. */
    public boolean hasEndedOnceMore(ContainerId id, long endedAtNs) {
        LifeTime time = lives.of(id);
        return isBack(id, time)
                && time.endedAtNs() != null
                && endedAtNs > Math.max(orLeast(time.endedAtNs()), orLeast(time.missedNs()));
    }

    /** When the present life of a container began before the trail, as far as the log shows; null if it did not. */
    @Nullable
    public Long begunNs(ContainerId id) {
        return lives.of(id).begunNs();
    }

    /** When the list was asked for from which the present life is known; null if it is not known from a list. */
    @Nullable
    public Long reportedNs(ContainerId id) {
        return lives.of(id).reportedNs();
    }

    /** The time of the last change that was reported of a container; the least value if none was. */
    public long changedNs(ContainerId id) {
        return orLeast(lives.of(id).changedNs());
    }

    /** The time of the last that was reported of a container, or of its end; the least value if nothing was. */
    public long reportedUntilNs(ContainerId id) {
        LifeTime time = lives.of(id);
        return Math.max(orLeast(time.changedNs()), orLeast(time.endedAtNs()));
    }

    private static long orLeast(@Nullable Long timeNs) {
        return timeNs == null ? Long.MIN_VALUE : timeNs;
    }

    /** The last checkpoint event of a life that went on after it, as far as was known; null if there was none. */
    @Nullable
    public EngineEvent checkpoint(ContainerId id) {
        return lives.of(id).checkpoint();
    }

    public long listedAtNs() {
        return listed.listedAtNs();
    }

    public long agreedNs() {
        return listed.agreedNs();
    }

    public long firstListNs() {
        return listed.sightNs();
    }

    /**
     * Whether a list that shows it alive is outdated: an inspect since showed that it ended.
     *
     * @param first whether this is the trail's first list: then an end that was reported came after it
     */
    public boolean hasEnded(ContainerId id, boolean first) {
        ObservedContainer found = get(id);
        return (found != null && found.state() instanceof RunState.Ended) || (first && endedAtNs(id) != null);
    }

    /** The listed life, as exactly as an inspect of the same process showed it. */
    public Life asInspected(ContainerId id, Life listed) {
        ObservedContainer seen = get(id);
        Life exact = seen == null ? null : seen.life();
        return exact != null && exact.pid() != 0 && exact.pid() == listed.pid() && exact.canBe(listed) ? exact : listed;
    }

    /** Whether this life began before the trail, by its start event in the log; a next one began after that. */
    public boolean isStartedBeforeTrail(ContainerId id, Life life) {
        Long begun = begunNs(id);
        long earliestNs = life.precision() == Life.Precision.EVENT ? life.startedAtNs() : life.earliestNs();
        return begun != null && earliestNs <= begun;
    }

    /** The checkpoint event by which a life ended; null if it ended otherwise, or that is unknown. */
    @Nullable
    public EngineEvent checkpointThatEnded(ContainerId id, RunState.Ended ended) {
        EngineEvent event = checkpoint(id);
        Long endedAtNs = ended.endedAtNs();
        return event != null && endedAtNs != null && endedAtNs <= event.timeNs() ? event : null;
    }

    /** With this container as it is now shown; what only an earlier inspect showed stays. */
    public ContainerCache plus(ObservedContainer shown) {
        return with(listed.plus(shown));
    }

    /** With a life that is known from the last list. */
    public ContainerCache reported(ContainerId id) {
        return with(lives.reported(id, listed.listedAtNs()));
    }

    /** With a life that is known from an event, which no list has shown yet. */
    public ContainerCache noticed(ContainerId id) {
        return with(lives.reported(id, Long.MIN_VALUE));
    }

    /** With a change reported of a container. */
    public ContainerCache changed(ContainerId id, long timeNs) {
        return with(lives.changed(id, timeNs));
    }

    /** With a checkpoint event, which explains a later end. */
    public ContainerCache checkpointed(EngineEvent event) {
        return with(lives.checkpointed(event));
    }

    /** With a life that went on after its last checkpoint. */
    public ContainerCache wentOn(ContainerId id) {
        return with(lives.wentOn(id));
    }

    /** With the end of a container's life at that time. */
    public ContainerCache ended(ContainerId id, long timeNs) {
        return with(lives.ended(id, timeNs));
    }

    /** With the end of a container's life at that time, which was read: what is shown to begin later is another one. */
    public ContainerCache endedBy(ContainerId id, long timeNs, Life life) {
        return with(lives.endedBy(id, timeNs, life));
    }

    /** With a container gone by that time, of which no event shows that it was removed. */
    public ContainerCache vanished(ContainerId id, long timeNs, Life life) {
        return with(lives.vanished(id, timeNs, life));
    }

    /** With a life that ended at that time, and that only lists have shown: its events may still come. */
    public ContainerCache missed(ContainerId id, long timeNs) {
        return with(lives.missed(id, timeNs));
    }

    /** With a present life that began before the trail, as the log shows. */
    public ContainerCache begunBeforeTrail(ContainerId id, long timeNs) {
        return with(lives.begun(id, timeNs));
    }

    /** With a present life that began later than the one whose start the log has of before the trail. */
    public ContainerCache begunInTrail(ContainerId id) {
        return with(lives.begun(id, null));
    }

    /** Without a container that was removed. The list that showed it is still to be compared with what was read of its end. */
    public ContainerCache minus(ContainerId id) {
        LifeTimes left = get(id) == null ? lives.minus(id) : lives.removed(id);
        return new ContainerCache(listed.minus(id), left, outlived.minus(id), shown);
    }

    /** With what the log shows of before the trail, in its own order. */
    public ContainerCache withStartedBeforeTrail(List<EngineEvent> before) {
        return with(lives.begun(before, listed.observed()));
    }

    /** With the lives that lists showed, and of which nothing is known. */
    public ContainerCache withOutlived(PMap<ContainerId, OutlivedLife> lost) {
        return new ContainerCache(listed, lives, lost, shown);
    }

    /** The last list agreed with all that was known. */
    public ContainerCache agreed() {
        return with(listed.withAgreement());
    }

    /** The trail begins with the last list. */
    public ContainerCache withFirstList() {
        return with(listed.sighted());
    }

    /**
     * What a list shows, and nothing that isn't in it.
     *
     * @param reported what is reported of each container by now
     * @param replaySinceNs what is older is not read again, so nothing more of a container that was removed before
     */
    public ContainerCache listed(ContainerList listing, Portfolio reported, long replaySinceNs, long nowTicks) {
        ListedContainers now = listed.listed(listing, nowTicks);
        // On a busy host no list agrees for long.
        long settledNs = Math.max(listed.agreedNs(), Math.min(listed.listedAtNs(), replaySinceNs));
        return new ContainerCache(
                now,
                lives.listed(now.observed(), reported, listed.listedAtNs(), now.listedAtNs(), settledNs),
                outlived,
                shown.listed(listing, reported));
    }

    /** The host's clock was set back by so much at most: what is stamped earlier than a list by more came before that. */
    public ContainerCache withListsOfBefore(long byNs) {
        return with(lives.withListsOfBefore(byNs));
    }

    /** The host's clock was set back: when something was is no longer to be compared. */
    public ContainerCache setBack() {
        return new ContainerCache(listed.setBack(), lives.setBack(), HashTreePMap.empty(), shown);
    }

    /** An answer showed that the host's clock was set back. */
    public ContainerCache stepped() {
        return new ContainerCache(listed, lives, outlived, shown.stepped());
    }

    /** The life of a container that the last list showed to go on; null if it showed none. */
    @Nullable
    public Life shownAlive(ContainerId id) {
        return shown.of(id);
    }

    /** When a list first showed that a life had ended with its host; {@code askedAtNs} if none did before. */
    public long goneByNs(ContainerId id, long startedAtNs, long askedAtNs) {
        return shown.goneByNs(id, startedAtNs, askedAtNs);
    }

    /** How the known life of a container ended, as far as a list showed that; null if none did. */
    public RunState.@Nullable Ended shownEnd(LiveContainer known) {
        return shown.end(known);
    }

    /** Whether a list, since the host's clock was last set back, showed that life. */
    public boolean isShownSinceStep(LiveContainer known) {
        return shown.isSinceStep(known);
    }
}
