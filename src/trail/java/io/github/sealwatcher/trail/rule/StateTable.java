package io.github.sealwatcher.trail.rule;

import io.github.sealwatcher.trail.event.ContainerKey;
import io.github.sealwatcher.trail.event.StateRow;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** The alive containers of the state topic: the newest row of each. Nulls take no memory. */
public final class StateTable {
    private final Map<ContainerKey, StateRow> rows = new HashMap<>();
    private long count;

    /** Takes the next record; those of one container must come in their order. */
    public void add(StateRow row) {
        count++;
        if (row.status() == null) {
            rows.remove(row.key());
        } else {
            rows.put(row.key(), row);
        }
    }

    /** The alive by container. */
    public Map<ContainerKey, StateRow> rows() {
        return Collections.unmodifiableMap(rows);
    }

    /** How many records there were. */
    public long count() {
        return count;
    }
}
