package io.github.sealwatcher.watch.state;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.EngineEvent;
import java.util.Set;

/** Podman's words for what happens, as far as they mean something here. */
public final class Actions {

    public static final String CONTAINER = "container";
    public static final String POD = "pod";
    public static final String SYSTEM = "system";

    public static final String CREATE = "create";
    static final String INIT = "init";
    public static final String START = "start";
    public static final String DIED = "died";
    public static final String PAUSE = "pause";
    public static final String UNPAUSE = "unpause";
    public static final String REMOVE = "remove";
    public static final String CHECKPOINT = "checkpoint";
    public static final String RESTORE = "restore";
    public static final String RENAME = "rename";
    public static final String LOG_ROTATION = "log-rotation";
    public static final String REFRESH = "refresh";

    /** The events that name a container's pod reliably; a death never does. */
    public static final Set<String> NAMING_POD = Set.of(CREATE, INIT, START, RESTORE, PAUSE, UNPAUSE);

    /** The events that change what is known to be alive. */
    public static final Set<String> CHANGING = Set.of(START, DIED, PAUSE, UNPAUSE, CHECKPOINT, RESTORE);

    /** The events that make a list older than themselves useless for their container. */
    public static final Set<String> COMPARED = Set.of(CREATE, START, DIED, PAUSE, UNPAUSE, CHECKPOINT, RESTORE, REMOVE);

    /** What turns a life that goes on. */
    public static final Set<String> TURNING = Set.of(PAUSE, UNPAUSE);

    /** What begins a life. */
    public static final Set<String> BEGINNING = Set.of(START, RESTORE);

    /** The events behind which nothing in the log is of the life before. */
    public static final Set<String> BOUNDING = Set.of(START, RESTORE, DIED, REMOVE);

    private Actions() {}

    /** Whether something happened to a container. */
    public static boolean isOfContainer(EngineEvent event) {
        return event.type().equals(CONTAINER) && !event.actorId().isEmpty();
    }

    /** Whether it changes what is known to be alive. Pods have events with the same actions, which change nothing. */
    public static boolean isChange(EngineEvent event) {
        return isOfContainer(event) && CHANGING.contains(event.action());
    }

    /** The container to which something happened. */
    public static ContainerId containerId(EngineEvent event) {
        return new ContainerId(event.actorId());
    }
}
