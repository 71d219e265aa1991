package io.github.sealwatcher.watch;

import java.util.Set;

/** Podman's words for what happens, as far as they mean something here. */
final class Actions {

    static final String CONTAINER = "container";
    static final String POD = "pod";
    static final String SYSTEM = "system";

    static final String CREATE = "create";
    static final String INIT = "init";
    static final String START = "start";
    static final String DIED = "died";
    static final String PAUSE = "pause";
    static final String UNPAUSE = "unpause";
    static final String REMOVE = "remove";
    static final String CHECKPOINT = "checkpoint";
    static final String RESTORE = "restore";
    static final String RENAME = "rename";
    static final String LOG_ROTATION = "log-rotation";
    static final String REFRESH = "refresh";

    /** The events that name a container's pod reliably; a death never does. */
    static final Set<String> NAMING_POD = Set.of(CREATE, INIT, START, RESTORE, PAUSE, UNPAUSE);

    /** The events that change what is known to be alive. */
    static final Set<String> CHANGING = Set.of(START, DIED, PAUSE, UNPAUSE, CHECKPOINT, RESTORE);

    /** The events that make a list older than themselves useless for their container. */
    static final Set<String> COMPARED = Set.of(CREATE, START, DIED, PAUSE, UNPAUSE, CHECKPOINT, RESTORE, REMOVE);

    private Actions() {}
}
