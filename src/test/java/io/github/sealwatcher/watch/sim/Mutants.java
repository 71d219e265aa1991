package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.mutant.Mutant;
import java.util.List;
import java.util.stream.Stream;

/** All that is broken on purpose. */
final class Mutants {

    private static final List<Mutant> OTHERS = List.of(
            new Mutant(
                    "takes what a pod does for what a container does",
                    "watch/state/Actions",
                    "return isOfContainer(event) && CHANGING.contains(event.action());",
                    "return CHANGING.contains(event.action());"),
            new Mutant(
                    "asks a stream for no more than the overlap",
                    "watch/Resync",
                    "new Output.Follow(context.epoch, readSinceNs - STEP_NS)",
                    "new Output.Follow(context.epoch, readSinceNs)"),
            new Mutant(
                    "trusts the pod id of a death, which Podman leaves empty",
                    "watch/EventApplier",
                    "LiveContainer last = known.describedBy(applied.container()).inPod(applied.portfolio.podOf(id));",
                    "LiveContainer last = known.describedBy(applied.container()).inPod(Attributes.podId(event) == null ? null : applied.portfolio.podOf(id));"),
            new Mutant(
                    "does not recognize repetitions",
                    "watch/checkpoint/DedupWindow",
                    "return (event.timeNs() <= untilNs && stamps.contains(Stamp.of(event)))",
                    "return (event.timeNs() <= untilNs && stamps.contains(new Stamp(event.timeNs(), 0, 0)))"),
            new Mutant(
                    "drops what is older than the newest event",
                    "watch/checkpoint/DedupWindow",
                    "return event.timeNs() < lowWatermarkNs;",
                    "return !stamps.isEmpty() && event.timeNs() < stamps.last().timeNs();"),
            new Mutant(
                    "believes a list at once",
                    "watch/Resync",
                    "if (initial || checkpointed || replaying.suspects().contains(difference.signature())) {",
                    "if (initial || !replaying.suspects().contains(\"\")) {"),
            new Mutant(
                    "takes an event that waits for a look-up for unread",
                    "watch/Resync",
                    "Replay.of(known, newestRead(context))",
                    "Replay.of(known, known.newestEvent())"),
            new Mutant(
                    "forgets a checkpoint when its look-up fails",
                    "watch/Resync",
                    "&& context.cache.checkpointThatEnded(vanished.id(), ended) != null;",
                    "&& context.epoch < 0;"),
            new Mutant(
                    "takes a checkpoint for the end that only a list shows, while the replay goes on",
                    "watch/EventApplier",
                    "|| (!runs && applied.isShownEnded() && !applied.isEndStillToCome(replayed))) {",
                    "|| (!runs && applied.isShownEnded())) {"),
            new Mutant(
                    "takes the end of an unknown life for that of the one that begins behind it",
                    "watch/CollectedReplay",
                    "if (!beforeStarts.contains(event.id())",
                    "if (context.epoch >= 0"),
            new Mutant(
                    "takes a start that only a step of the clock explains for that of the known life",
                    "watch/EventApplier",
                    "boolean own = !restored && !isSetBackSinceOpened() && OwnStart.is(applied, known, life, last);",
                    "boolean own = !restored && OwnStart.is(applied, known, life, last);"),
            new Mutant(
                    "forgets an end for which a list is too old",
                    "watch/state/LifeTimes",
                    "time.endedAtNs() > listedAtNs;",
                    "time.endedAtNs() > Long.MAX_VALUE - listedAtNs;"),
            new Mutant(
                    "forgets at a removal what the list is still compared with",
                    "watch/state/ContainerCache",
                    "get(id) == null ? lives.minus(id) : lives.removed(id);",
                    "lives.minus(id);"),
            new Mutant(
                    "lets what the stream brought since overtake its container when a replay is put in order",
                    "watch/state/QueueOrder",
                    "EventId before = event == null || isRead(event) ? null : last.get(event.actorId());",
                    "EventId before = null;"),
            new Mutant(
                    "begins a trail by a worker's clock that an answer contradicts",
                    "watch/ClockMonitor",
                    "if (context.clock.setBackNs() > 0 || isBeginAhead(context)) {",
                    "if (context.clock.setBackNs() > 0) {"),
            new Mutant(
                    "lets the filter decide twice at a begin",
                    "watch/Watch",
                    "known.filter() != filter && !known.portfolio().isEmpty();",
                    "known.filter() != filter;"),
            new Mutant(
                    "takes what is written late from before the trail for a step of the clock",
                    "watch/EventApplier",
                    "if (!inTrail && TrailBegin.isShown(context, event, answer)) {",
                    "if (context.epoch < 0) {"),
            new Mutant(
                    "takes what follows a new event of its container for late",
                    "watch/EventApplier",
                    "if (!inTrail && TrailBegin.isShown(context, event, answer)) {",
                    "if (TrailBegin.isShown(context, event, answer)) {"),
            new Mutant(
                    "reads no further back than the begin of the trail",
                    "watch/TrailBegin",
                    "dedupWindow.readFrom(fromNs)",
                    "dedupWindow.readFrom(dedupWindow.beginNs())"),
            new Mutant(
                    "takes the end of an earlier life for that of the one that a list showed",
                    "watch/EventApplier",
                    "} else if (!isSetBackSinceOpened() && EarlierEnd.is(context, known, event, answer)) {",
                    "} else if (context.epoch < 0) {"),
            new Mutant(
                    "knows a life that is back by the time only at which it was gone",
                    "watch/ReplayedLog",
                    "vanished.isOf(event, i < known)",
                    "context.epoch < 0"),
            new Mutant(
                    "drops the start of another process that is stamped before the known one",
                    "watch/EventApplier",
                    "&& !isOfNext(known.life())",
                    "&& context.epoch >= 0"),
            new Mutant(
                    "forgets at a restart the checkpoint that ended a life",
                    "watch/LogOrderReplay",
                    "ListedLife.recallCheckpoints(context, events, known, begun);",
                    "ListedLife.recallCheckpoints(context, events, 0, begun);"),
            new Mutant(
                    "reads again what was read before the host's clock was set back",
                    "watch/LogOrderReplay",
                    "boolean behind = i >= known && !isForgotten(context, replay, event);",
                    "boolean behind = !isForgotten(context, replay, event);"),
            new Mutant(
                    "takes a restore behind a start for an earlier one",
                    "watch/EventApplier",
                    "return (life.announced() && (behind || (!replayed && context.eventLog.isReadable())))",
                    "return (life.announced() && context.epoch < 0)"),
            new Mutant(
                    "takes what follows a start of the trail for older than the trail",
                    "watch/LogOrderReplay",
                    "begunHere.contains(event.actorId()) && Actions.isOfContainer(event)",
                    "event.action().isEmpty()"),
            new Mutant(
                    "never compares with a list",
                    "watch/Resync",
                    "reported.add(report(context, difference, initial ? Origin.SNAPSHOT : Origin.RECONCILED, replaying));",
                    "suspects.remove(difference.signature());"),
            new Mutant(
                    "overlooks a life that only a list shows",
                    "watch/MissedLife",
                    "if (same || endedAtNs < startedAtNs) {",
                    "if (cache != null || same || endedAtNs < ended.startedAtNs()) {"),
            new Mutant(
                    "takes the end of a life that only a list shows for the end of the one before",
                    "watch/LaterLife",
                    "if (begun) {",
                    "if (false) {"),
            new Mutant(
                    "takes a life that only lists show for one that was reported",
                    "watch/Resync",
                    "context.cache = context.cache.missed(",
                    "context.cache = context.cache.ended("),
            new Mutant(
                    "reports an older life after a later one whose end was heard",
                    "watch/ReplayedLog",
                    "boolean applied = event.action().equals(Actions.DIED)",
                    "boolean applied = event.action().isEmpty()"),
            new Mutant(
                    "forgets what was removed while the log could not be read",
                    "watch/EventApplier",
                    "UnconfirmedLives.ended(context, known, event.timeNs(), false);\n            }\n            applied.portfolio",
                    "context.resyncRequested |= false;\n            }\n            applied.portfolio"),
            new Mutant(
                    "takes what follows the mark of an earlier cut for new",
                    "watch/EventReceiver",
                    "(again || Deduplicator.isNewOnStream(context, event))) {",
                    "Deduplicator.isNew(context, event)) {"),
            new Mutant(
                    "dates what a list shows behind the position, which stands still while the log cannot be read",
                    "watch/state/State",
                    "stored.reportedUntilNs()",
                    "stored.positionNs()"),
            new Mutant(
                    "does not try the log again after an upgrade",
                    "watch/AnswerHandler",
                    "if (context.eventLog.isBlind() && !context.eventLog.absent()) {",
                    "if (context.epoch < 0) {"),
            new Mutant(
                    "forgets that the host's clock was set back while the log cannot be read",
                    "watch/GapDetector",
                    "if (context.clockSetBackNs > 0) {\n                fromNs",
                    "if (context.epoch < 0) {\n                fromNs"),
            new Mutant(
                    "does not look whether the newest event is still there",
                    "watch/state/Replay",
                    "return !ref.isEmptyLog() || rotated || refreshed || isOlder(ref);",
                    "return ref.timeNs() < 0 && (!ref.isEmptyLog() || rotated || refreshed || isOlder(ref));"),
            new Mutant(
                    "does not notice that the log became another one",
                    "watch/state/Replay",
                    "return last.event() != null && !last.found() && (!rotated || wasAbsent());",
                    "return last.event() != null && last.event().timeNs() < 0;"),
            new Mutant(
                    "drops what waits for a look-up when the host's clock was set back",
                    "watch/Reconnection",
                    "EventProcessor.applyWaiting(context);",
                    ""),
            new Mutant(
                    "goes on from what is stamped later than now",
                    "watch/StepContext",
                    "event, repeatable, moves, hostEarliestNs() + GapDetector.LATE_NS);",
                    "event, repeatable, moves, Long.MAX_VALUE);"),
            new Mutant(
                    "asks an inspect whether a checkpoint ended a life, although a restore waits behind it",
                    "watch/EventApplier",
                    "boolean restored = next != null && next.action().equals(Actions.RESTORE);",
                    "boolean restored = false;"),
            new Mutant(
                    "takes a checkpoint for an end although the container was paused since",
                    "watch/state/LifeTimes",
                    "of(id).checkpoint() == null ? this :",
                    "of(id).checkpoint() != null || id.toString().isEmpty() ? this :"),
            new Mutant(
                    "lets no list agree that reports anything, as the trail's first does",
                    "watch/Resync",
                    "if (suspects.isEmpty() && inferredFromNs == Long.MAX_VALUE) {",
                    "if (suspects.isEmpty() && reported.isEmpty()) {"),
            new Mutant(
                    "begins a gap with the newest event that the stream brought, of whichever log",
                    "watch/GapDetector",
                    "return replay.isNewestGone() && last != null && !replay.last().found()",
                    "return last != null && context.epoch < 0"),
            new Mutant(
                    "does not re-read when the log was cut",
                    "watch/EventReceiver",
                    "if (event.type().equals(Actions.SYSTEM) && (again",
                    "if (event.type().isEmpty() && (again"),
            new Mutant(
                    "takes the end of a stream for the end of events",
                    "watch/AnswerHandler",
                    "noteEventLog(lost.loss());",
                    "if (lost.loss() == Input.Loss.ENDED) {\n            return;\n        }\n        noteEventLog(lost.loss());"),
            new Mutant(
                    "does not remember a start event for its life",
                    "watch/OwnStart",
                    "&& !known.life().announced()",
                    "&& known.life().pid() >= 0"),
            new Mutant(
                    "takes what an earlier connection brings of history",
                    "watch/Watch",
                    "if (answer.epoch() == context.epoch) {",
                    "if (answer.epoch() == context.epoch || answer instanceof Input.EventReplayed) {"),
            new Mutant(
                    "takes the end of an earlier connection's history for this one's",
                    "watch/Watch",
                    "if (answer.epoch() == context.epoch) {",
                    "if (answer.epoch() == context.epoch || answer instanceof Input.ReplayEnded) {"),
            new Mutant(
                    "never gives a log up that cannot be read",
                    "watch/state/EventLogStatus",
                    "return blindUntilTicks != Long.MIN_VALUE;",
                    "return absent && blindUntilTicks != Long.MIN_VALUE;"),
            new Mutant(
                    "reports nothing when only a list shows that the log lost something",
                    "watch/GapDetector",
                    "if (before != null\n                && untilNs >= before.fromNs()\n"
                            + "                && fromNs <= (startUnknown",
                    "if (before == null\n                || fromNs <= (startUnknown"),
            new Mutant(
                    "reports a gap only after what comes behind it",
                    "watch/GapDetector",
                    "return !past || report(context, replay, replay.first(), GONE);",
                    "return true;"),
            new Mutant(
                    "reads no further back at a start than at any time",
                    "watch/Resync",
                    "context.logOrder || asked.holding() || !",
                    "context.clockSetBackNs > 0 || asked.holding() || !"),
            new Mutant(
                    "dates what it infers by the list that shows it",
                    "watch/ListReconciler",
                    "this.unseenNs = origin == Origin.RECONCILED ? inGap(askedAtNs) : askedAtNs;",
                    "this.unseenNs = askedAtNs;"),
            new Mutant(
                    "forgets that there was no log",
                    "watch/GapDetector",
                    "        if (absent) {",
                    "        if (absent && untilNs < 0) {"),
            new Mutant(
                    "takes the next life that an inspect shows for the one of the event",
                    "watch/EventApplier",
                    "&& (restored || (shown.covers(event.timeNs()) && life.canBe(shown)))\n                && !isOfOther(known, shown, restored)) {",
                    "&& context.epoch >= 0) {"),
            new Mutant(
                    "believes a list against events that are younger",
                    "watch/ListDiff",
                    "if (!changedSinceList.contains(listed.id()) || isReportedAgain(listed)) {",
                    "if (!changedSinceList.contains(listed.id()) || !isReportedAgain(listed)) {"),
            new Mutant(
                    "keeps what waited for a connection that is gone",
                    "watch/AnswerHandler",
                    "        context.queue = EventQueue.NONE;\n        context.resyncRequested = false;\n        if (lost.loss()",
                    "        context.resyncRequested = false;\n        if (lost.loss()"),
            new Mutant(
                    "takes a log of which nothing is known for the one of before",
                    "watch/GapDetector",
                    "open |= !replay.sameHost();",
                    ""),
            new Mutant(
                    "reports the gap of a fail-over as if it was over",
                    "watch/GapDetector",
                    "open |= replay.wasAbsent() || (first != null && first.timeNs() < replay.lostFromNs());",
                    "open = false;"));

    static final List<Mutant> ALL =
            Stream.concat(OTHERS.stream(), FaultMutants.ALL.stream()).toList();

    private Mutants() {}
}
