package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.mutant.Mutant;
import java.util.List;

/** Mutants that bring back a fault which was found in an earlier version; they begin with its number. */
final class FaultMutants {

    static final List<Mutant> ALL = List.of(
            new Mutant(
                    "T16: leaves the rows of what only a log shows that cannot be read to its end",
                    "watch/AbsentRows",
                    "&& areDue(context, replaying.replay())) {",
                    "&& context.epoch < 0) {"),
            new Mutant(
                    "T1: takes the first log for whole, whenever it begins",
                    "watch/GapDetector",
                    "if (context.clockSetBackNs == 0 ? reachesBack(context, replay, older) : reachesFarBack(context, replay)) {",
                    "if (context.clockSetBackNs >= 0) {"),
            new Mutant(
                    "T1: takes a log that was cut for the empty one that it was",
                    "watch/state/Replay",
                    "return !ref.isEmptyLog() || rotated || refreshed || isOlder(ref);",
                    "return !ref.isEmptyLog();"),
            new Mutant(
                    "T2: makes ids from all that a version of Podman prints",
                    "model/EngineEvent",
                    "EventId.of(type, action, actorId, timeNs)",
                    "EventId.derived(type, action, actorId, timeNs, new java.util.TreeMap<>(attributes))"),
            new Mutant(
                    "T3: takes the worker's clock for the host's",
                    "watch/StepContext",
                    "return clock.isKnown() ? clock.earliestNs(now.monotonicNs()) : now.wallNs();",
                    "return now.wallNs();"),
            new Mutant(
                    "T3: begins the trail at the worker's time",
                    "watch/ClockMonitor",
                    "context.checkpoint = known.beginningAt(beginNs(context));",
                    "context.checkpoint = known.beginningAt(context.now.wallNs());"),
            new Mutant(
                    "T4: does not notice that the host's clock was set back",
                    "watch/state/HostClock",
                    "return new HostClock(low, high, reading.answeredTicks(), now.highNs - low);",
                    "return new HostClock(low, high, reading.answeredTicks(), 0);"),
            new Mutant(
                    "T4: does not notice a clock that was set back while nobody looked",
                    "watch/ClockMonitor",
                    "noteStepBack(context, known.positionNs() - context.hostEarliestNs() - context.clockSetBackNs);",
                    "noteStepBack(context, 0);"),
            new Mutant(
                    "T5: forgets what it inferred while the log could not be read",
                    "watch/UnconfirmedLives",
                    "&& lives.get(i).isStartedBy(begun)",
                    "&& lives.isEmpty()"),
            new Mutant(
                    "T6: takes cuts of the connection for an unreadable log",
                    "watch/state/EventLogStatus",
                    "int count = (same ? failures : 0) + (byEngine ? OF_ENGINE : OF_CONNECTION);",
                    "int count = failures + (byEngine || same ? OF_ENGINE : OF_ENGINE);"),
            new Mutant(
                    "T7: decides at each event whether the filter lets its container through",
                    "watch/AppliedEvent",
                    "this.hidden = known ? portfolio.isHidden(id) : isExcluded();",
                    "this.hidden = isExcluded();"),
            new Mutant(
                    "T8: gives one id to all inferred changes of a life",
                    "watch/ListReconciler",
                    "return EventId.derived(\"inferred\", what, of, distinction, beginNs, context.checkpoint.inferred());",
                    "return EventId.derived(\"inferred\", what, of, distinction, beginNs);"),
            new Mutant(
                    "T8: takes a checkpoint for no end",
                    "watch/EventApplier",
                    "case Actions.CHECKPOINT -> checkpointed();",
                    "case Actions.CHECKPOINT -> other(false);"),
            new Mutant(
                    "T8: takes the time of a restore for the start time",
                    "watch/EventApplier",
                    "Life life = UnconfirmedLives.begunBy(context, event);",
                    "Life life = Life.fromEvent(event.timeNs());"),
            new Mutant(
                    "T11: does not report again at a start what it has reported",
                    "watch/Resync",
                    "boolean reportAgain = first && context.options.snapshot() == Options.SnapshotMode.ALWAYS;",
                    "boolean reportAgain = first && context.epoch < 0;"),
            new Mutant(
                    "T12: swallows the removal of what seems alive",
                    "watch/EventApplier",
                    "if (!replayed && !context.eventLog.isBlind()) {",
                    "if (replayed || !context.eventLog.isBlind()) {"),
            new Mutant(
                    "T16: takes what the first list shows alive for reported",
                    "watch/AbsentRows",
                    "listing.all().forEach(listed -> unreported.add(listed.id()));",
                    "listing.all().stream().filter(it -> it.life() == null).forEach(it -> unreported.add(it.id()));"),
            new Mutant(
                    "T16: leaves the row of what turns out to have begun later than the trail",
                    "watch/ListReconciler",
                    "context.emitAbsent(Set.of(of));",
                    ""),
            new Mutant(
                    "T15: takes what is being stopped for alive, however long",
                    "watch/ListDiff",
                    "if (listed.state() instanceof RunState.Live live && !cache.listed().isStuck(listed.id(), nowTicks)) {",
                    "if (listed.state() instanceof RunState.Live live) {"),
            new Mutant(
                    "T15: takes the stop of a next life for that of the one before",
                    "watch/state/ListedContainers",
                    "boolean goesOn = known != null && known.life().canBe(live.life());",
                    "boolean goesOn = known != null;"),
            new Mutant(
                    "T16: leaves the rows of an earlier trail to what has ended since",
                    "watch/LogOrderReplay",
                    "if (AbsentRows.areDue(context, replay)) {",
                    "if (context.epoch < 0) {"),
            new Mutant(
                    "T18: does not compare by another filter than before",
                    "watch/FilterDiff",
                    "if (known.filter() == filter.fingerprint()) {",
                    "if (known.filter() == filter.fingerprint() || !listing.all().isEmpty()) {"));

    private FaultMutants() {}
}
