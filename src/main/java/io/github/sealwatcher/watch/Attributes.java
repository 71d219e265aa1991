package io.github.sealwatcher.watch;

import io.github.sealwatcher.model.Container;
import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.DetailSource;
import io.github.sealwatcher.model.EngineEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the one map in which Podman puts its own keys and a container's labels. */
final class Attributes {

    private static final String NAME = "name";
    private static final String IMAGE = "image";
    private static final String POD_ID = "podId";
    private static final String EXIT_CODE = "containerExitCode";
    private static final Set<String> OWN = Set.of(NAME, IMAGE, POD_ID, EXIT_CODE, "exitCode", "execID", "oomKilled");

    private static final int INFRA_DIGITS = 12;
    private static final Pattern NAMED_AFTER_POD = Pattern.compile("[0-9a-f]{" + INFRA_DIGITS + "}-infra");

    private Attributes() {}

    /** The pod's id; null if there is none, for which Podman writes an empty text. */
    static @Nullable String podId(EngineEvent event) {
        return nonEmpty(event.attributes().get(POD_ID));
    }

    static @Nullable String name(EngineEvent event) {
        return nonEmpty(event.attributes().get(NAME));
    }

    /** The exit code; meaningful on a death only, because Podman 4.3 puts a 0 on every event. Null if there is none. */
    static @Nullable Integer exitCode(EngineEvent event) {
        String text = event.attributes().get(EXIT_CODE);
        if (text == null) {
            return null;
        }
        try {
            int exitCode = Integer.parseInt(text);
            return exitCode < 0 ? null : exitCode;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** A container described by nothing but an event of it. */
    static Container container(EngineEvent event) {
        Map<String, String> labels = new HashMap<>(event.attributes());
        labels.keySet().removeAll(OWN);
        return new Container(
                new ContainerId(event.actorId()),
                name(event),
                nonEmpty(event.attributes().get(IMAGE)),
                null,
                labels,
                null,
                infra(event),
                Map.of(),
                DetailSource.EVENT);
    }

    /** Podman names a pod's infra container after the pod. */
    private static @Nullable Boolean infra(EngineEvent event) {
        String podId = podId(event);
        String name = name(event);
        if (podId == null && name != null && NAMED_AFTER_POD.matcher(name).matches()) {
            // The end of a member does not name its pod.
            return true;
        }
        if (podId == null || name == null || podId.length() < INFRA_DIGITS) {
            return null;
        }
        return name.equals(podId.substring(0, INFRA_DIGITS) + "-infra");
    }

    private static @Nullable String nonEmpty(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
