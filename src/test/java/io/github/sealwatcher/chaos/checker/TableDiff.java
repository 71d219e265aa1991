package io.github.sealwatcher.chaos.checker;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Says in which containers two tables of what is alive are not equal. */
public final class TableDiff {
    private TableDiff() {}

    public static void between(String what, Map<String, String> found, Map<String, String> podman, Verdict verdict) {
        Set<String> ids = new TreeSet<>(found.keySet());
        ids.addAll(podman.keySet());
        for (String id : ids) {
            String ours = found.getOrDefault(id, "not alive");
            String theirs = podman.getOrDefault(id, "not alive");
            if (!ours.equals(theirs)) {
                verdict.violated("not equal", id, id + " by the " + what + " " + ours + ", by podman ps " + theirs);
            }
        }
    }
}
