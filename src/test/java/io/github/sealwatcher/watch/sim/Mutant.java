package io.github.sealwatcher.watch.sim;

import java.util.List;

/**
 * The core with one thing broken on purpose. Each is a mistake that a watcher of Podman has made, or could: the simulator
 * must catch it, or it proves nothing.
 *
 * @param name what is broken
 * @param file the source file
 * @param original what stands there, once
 * @param replacement what stands there instead
 * @param from at which seed to begin: those that take long to be caught needn't take long each time
 */
record Mutant(String name, String file, String original, String replacement, int from) {

    Mutant(String name, String file, String original, String replacement) {
        this(name, file, original, replacement, 0);
    }

    static final List<Mutant> ALL = List.of(
            new Mutant(
                    "resumes from the newest time stamp, without an overlap",
                    "Checkpoint",
                    "return Math.max(seen.floorNs(), Math.min(positionNs, nowNs) - overlapNs) - 1;",
                    "return positionNs;"),
            new Mutant(
                    "trusts the pod id of a death, which Podman leaves empty",
                    "Fold",
                    "Alive last = known.describedBy(container()).in(portfolio.podOf(id));",
                    "Alive last = known.describedBy(container()).in(Attributes.podId(event) == null ? null"
                            + " : portfolio.podOf(id));"),
            new Mutant(
                    "doesn't tell repetitions apart",
                    "Seen",
                    "return stamps.contains(Stamp.of(event))",
                    "return stamps.contains(null == event ? null : new Stamp(event.timeNs(), 0, 0))"),
            new Mutant(
                    "drops what is older than the newest event",
                    "Seen",
                    "return event.timeNs() < floorNs;",
                    "return !stamps.isEmpty() && event.timeNs() < stamps.last().timeNs();"),
            new Mutant(
                    "believes a list at once",
                    "Rounds",
                    "if (sight || recalling.suspects().contains(difference.signature())) {",
                    "if (sight || !recalling.suspects().contains(\"\")) {"),
            new Mutant(
                    "never compares with a list",
                    "Rounds",
                    "told.add(tell(turn, difference, sight ? Origin.SNAPSHOT : Origin.RECONCILED, recalling.listing()));",
                    "suspects.remove(difference.signature());"),
            new Mutant(
                    "doesn't look whether history is whole",
                    "Reread",
                    "return key != null && !found;",
                    "return key != null && !found && timeNs < 0;"),
            new Mutant(
                    "doesn't notice that the log became another one",
                    "Reread",
                    "return proven.isGone();",
                    "return proven.isGone() && proven.timeNs() < 0;"),
            new Mutant(
                    "doesn't re-read when the log was cut",
                    "Intake",
                    "if (event.type().equals(Actions.SYSTEM) && isNew(turn, event)) {",
                    "if (event.type().isEmpty() && isNew(turn, event)) {"),
            new Mutant(
                    "re-reads from the mark of the cut on",
                    "Intake",
                    "turn.pending = turn.pending.holding(event);\n            Rounds.want(turn, true);",
                    "take(turn, event);\n            Rounds.want(turn, true);\n            drain(turn);"),
            new Mutant(
                    "goes on from the mark with which a log that was cut begins",
                    "Intake",
                    "if (cut && isNew(turn, event)) {",
                    "if (cut && isNew(turn, event) && event.actorId() == null) {"),
            new Mutant(
                    "keeps what waited for a connection that is gone",
                    "Watch",
                    "        turn.pending = Pending.NONE;\n        turn.again = false;",
                    "        turn.again = false;"),
            new Mutant(
                    "takes the end of a stream for the end of events",
                    "Watch",
                    "        noteHistory(turn, lost.loss());",
                    "        if (lost.loss() == Input.Loss.ENDED) {\n            return;\n        }\n"
                            + "        noteHistory(turn, lost.loss());"),
            new Mutant(
                    "doesn't remember a start event for its life",
                    "Fold",
                    "if (!known.life().announced() && known.life().canBe(life)) {",
                    "if (known.life().canBe(life)) {",
                    500),
            new Mutant(
                    "takes what an earlier connection brings of history",
                    "Watch",
                    "input instanceof Input.Recalled recalled && recalled.epoch() == turn.epoch",
                    "input instanceof Input.Recalled recalled && recalled.epoch() <= turn.epoch"),
            new Mutant(
                    "takes the end of an earlier connection's history for this one's",
                    "Watch",
                    "input instanceof Input.RecallEnded ended && ended.epoch() == turn.epoch",
                    "input instanceof Input.RecallEnded ended && ended.epoch() <= turn.epoch"),
            new Mutant(
                    "doesn't notice that the clock was set back",
                    "Pace",
                    "if (ahead < aheadNs - overlapNs / 2) {",
                    "if (ahead < aheadNs - overlapNs * 1_000_000) {",
                    1100),
            new Mutant(
                    "takes everything for told that history brings after the clock was set back",
                    "SetBack",
                    "                return i;",
                    "                return i + events.size() - i;",
                    9300),
            new Mutant(
                    "never gives a log up that can't be read",
                    "History",
                    "return blindUntilTicks != Long.MIN_VALUE;",
                    "return absent && blindUntilTicks != Long.MIN_VALUE;"),
            new Mutant(
                    "forgets that there was no log",
                    "Checkpoint",
                    "return new Checkpoint(positionNs, NOT_TO_BE_FOUND, null, gap,",
                    "return new Checkpoint(positionNs, anchor, null, gap,",
                    200));

    @Override
    public String toString() {
        return name;
    }
}
