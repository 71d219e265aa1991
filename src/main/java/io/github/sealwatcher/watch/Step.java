package io.github.sealwatcher.watch;

import io.github.sealwatcher.watch.state.State;
import java.util.List;

/**
 * What an input led to.
 *
 * @param state the host from now on
 * @param outputs what to do, in this order
 * @param wakeAtTicks when the core wants a tick if nothing else comes earlier; {@link Long#MAX_VALUE} = never
 */
public record Step(State state, List<Output> outputs, long wakeAtTicks) {

    public Step {
        outputs = List.copyOf(outputs);
    }
}
