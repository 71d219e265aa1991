package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import io.github.sealwatcher.watch.checkpoint.Checkpoint;
import io.github.sealwatcher.watch.state.Actions;
import io.github.sealwatcher.watch.state.CollectedEvents;
import io.github.sealwatcher.watch.state.Connection;
import io.github.sealwatcher.watch.state.ContainerList;
import io.github.sealwatcher.watch.state.Difference;
import io.github.sealwatcher.watch.state.QueueItem;
import io.github.sealwatcher.watch.state.Replay;
import io.github.sealwatcher.watch.state.ResyncPhase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rows that an earlier trail, whose offset was deleted, may have left of containers that have ended since. */
final class AbsentRows {

    private AbsentRows() {}

    /**
     * The connection is lost: what was read may be gone when the log can be read again, and so may what the list shows. What is
     * alive gets its row once it is reported.
     */
    static void interrupted(StepContext context) {
        if (context.connection instanceof Connection.Connected connected
                && connected.resync() instanceof ResyncPhase.Replaying replaying
                && areDue(context, replaying.replay())) {
            report(context, replaying);
            context.emitAbsent(unreported(context, replaying.list(), List.of()));
        } else if (context.checkpoint.newestEvent() == null) {
            // What the stream brought waits for a list; what one shows, the next one does.
            Set<ContainerId> absent = containers(context.queue.held());
            absent.removeAll(context.cache.listed().observed().keySet());
            context.emitAbsent(absent);
        }
    }

    /** Has those removed that only the log shows, as far as it was read, and what the stream brought meanwhile. */
    static void report(StepContext context, ResyncPhase.Replaying replaying) {
        CollectedEvents collected = replaying.returned().collected();
        List<EngineEvent> all = new ArrayList<>(context.queue.held());
        if (collected != null) {
            all.addAll(collected.events());
        }
        report(context, replaying.list(), all);
    }

    /**
     * Whether this trail may not have removed the rows yet of what the log shows: it was never read to its end by who stored
     * that, or it is that of a host that was never watched, as far as is known, or what is alive is still to be reported.
     */
    static boolean areDue(StepContext context, Replay replay) {
        return replay.isFirst()
                || replay.last().event() == null
                || replay.isOfOtherHost()
                || context.checkpoint.snapshot() == Checkpoint.Snapshot.RUNNING;
    }

    /** Has those removed that only the log shows: also of what starts in the trail, whose row a process killed now never writes. */
    static void report(StepContext context, ContainerList listing, List<EngineEvent> all) {
        context.emitAbsent(containers(all), listing);
    }

    private static Set<ContainerId> containers(Collection<EngineEvent> all) {
        Set<ContainerId> containers = new HashSet<>();
        all.stream().filter(Actions::isOfContainer).forEach(event -> containers.add(Actions.containerId(event)));
        return containers;
    }

    /** Has those removed that only a list has shown before which the trail has not begun to report. */
    static void listed(StepContext context, ContainerList listing) {
        if (context.checkpoint.snapshot() == Checkpoint.Snapshot.RUNNING) {
            Set<ContainerId> gone =
                    new HashSet<>(context.cache.listed().observed().keySet());
            listing.all().forEach(shown -> gone.remove(shown.id()));
            context.emitAbsent(gone);
        }
    }

    /**
     * What the trail's first list shows and doesn't report: also what is alive, but may begin later than the trail. So is a
     * member that is gone by then.
     */
    static Set<ContainerId> unreported(StepContext context, ContainerList listing, List<QueueItem> reported) {
        Set<ContainerId> unreported =
                new HashSet<>(context.checkpoint.portfolio().members().keySet());
        listing.all().forEach(listed -> unreported.add(listed.id()));
        for (QueueItem item : reported) {
            if (item instanceof QueueItem.Report report
                    && report.difference() instanceof Difference.Appeared appeared
                    && context.options.filter().accepts(appeared.listed().container())) {
                unreported.remove(appeared.id());
            }
        }
        return unreported;
    }
}
