package io.github.sealwatcher.watch.sim;

import io.github.sealwatcher.model.ContainerId;
import java.util.Map;
import java.util.TreeMap;

/** One of the hosts that the watched endpoint can lead to. */
final class SimMachine {

    final int number;
    final SimLog log = new SimLog();
    final Map<ContainerId, SimContainer> containers = new TreeMap<>();

    /** How often it was restarted. */
    int boots;

    SimMachine(int number) {
        this.number = number;
    }
}
