package io.github.sealwatcher.trail.rule;

import io.github.sealwatcher.trail.event.ContainerKey;
import io.github.sealwatcher.trail.event.Pod;
import io.github.sealwatcher.trail.event.StateRow;
import io.github.sealwatcher.trail.fold.Fold;
import io.github.sealwatcher.trail.fold.FoldedContainer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** G4: folding the events gives the state topic. */
final class StateRule {
    private final Findings findings;
    private final Beginnings beginnings;
    private final Set<String> forgottenHosts;
    private int fromBefore;

    /** @param forgottenHosts those that left the configuration, whose rows were removed though their containers go on */
    StateRule(Findings findings, Beginnings beginnings, Set<String> forgottenHosts) {
        this.findings = findings;
        this.beginnings = beginnings;
        this.forgottenHosts = forgottenHosts;
    }

    void check(Fold fold, StateTable table) {
        Map<ContainerKey, FoldedContainer> folded = fold.alive();
        Map<ContainerKey, StateRow> rows = table.rows();
        Set<ContainerKey> keys = new HashSet<>(folded.keySet());
        keys.addAll(rows.keySet());
        for (ContainerKey key : keys) {
            FoldedContainer live = folded.get(key);
            StateRow row = rows.get(key);
            if (live == null && row != null) {
                onlyInTable(row);
            } else if (live != null && row == null) {
                onlyInFold(key, live);
            } else if (live != null && row != null) {
                compare(live, row);
            }
        }
    }

    /** How many are alive since before the trail begins. */
    int fromBefore() {
        return fromBefore;
    }

    private void onlyInTable(StateRow row) {
        if (beginnings.mayHide(row.container().startedAtNs())) {
            fromBefore++;
            return;
        }
        add(row, "the state topic has " + row.status() + ", by the events it isn't alive");
    }

    private void onlyInFold(ContainerKey key, FoldedContainer live) {
        if (!forgottenHosts.contains(key.host())) {
            findings.add(
                    Rule.STATE,
                    live.last().place(),
                    key.host(),
                    key,
                    "by the events it is " + live.status() + ", the state topic has no row of it");
        }
    }

    private void compare(FoldedContainer live, StateRow row) {
        if (!live.status().equals(row.status())) {
            add(
                    row,
                    "the state topic has " + row.status() + ", by the events it is " + live.status() + " (newest: "
                            + live.last().place() + ")");
        } else if (!id(live.pod()).equals(id(row.pod())) && !beginnings.isCut()) {
            add(
                    row,
                    "the state topic has pod '" + id(row.pod()) + "', by the events it is in pod '" + id(live.pod())
                            + "'");
        }
    }

    private void add(StateRow row, String what) {
        findings.add(Rule.STATE, row.place(), row.key().host(), row.key(), what);
    }

    private static String id(@Nullable Pod pod) {
        return pod == null ? "" : pod.id();
    }
}
