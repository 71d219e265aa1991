package io.github.sealwatcher.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The labels by which sealwatcher's consumers learn what Podman keeps outside of a container's labels. */
public final class Annotations {

    /** The name of the container's pod, if it is in one and the name is known. */
    public static final String POD_NAME = "io.github.thediveo/podman/podname";
    /** The id of the container's pod, if it is in one. */
    public static final String POD_ID = "io.github.thediveo/podman/podid";
    /** There, with an empty value, if it is a pod's infra container. */
    public static final String INFRA = "io.github.thediveo/podman/infra";
    /** There, with an empty value, if it is privileged. */
    public static final String PRIVILEGED = "github.com/thediveo/whalewatcher/moby/privileged";

    private static final Set<String> ALL = Set.of(POD_NAME, POD_ID, INFRA, PRIVILEGED);

    private Annotations() {}

    /** Labels of a container's own without those that claim to be these: otherwise whoever runs a container could declare it privileged. */
    public static Map<String, String> withoutForged(Map<String, String> own) {
        if (!isForged(own)) {
            return own;
        }
        Map<String, String> genuine = new HashMap<>(own);
        genuine.keySet().removeAll(ALL);
        return genuine;
    }

    private static boolean isForged(Map<String, String> own) {
        return own.containsKey(POD_NAME)
                || own.containsKey(POD_ID)
                || own.containsKey(INFRA)
                || own.containsKey(PRIVILEGED);
    }

    /** The container's own labels and these, which its own can't replace; the same map if there is nothing to change. */
    public static Map<String, String> labels(Container container, @Nullable PodRef pod) {
        Map<String, String> own = withoutForged(container.labels());
        boolean infra = Boolean.TRUE.equals(container.infra());
        boolean privileged = Boolean.TRUE.equals(container.privileged());
        if (pod == null && !infra && !privileged) {
            return own;
        }
        Map<String, String> labels = new HashMap<>(own);
        if (pod != null) {
            labels.put(POD_ID, pod.id());
            if (pod.name() != null) {
                labels.put(POD_NAME, pod.name());
            }
        }
        // A mark's presence is all that counts.
        if (infra) {
            labels.put(INFRA, "");
        }
        if (privileged) {
            labels.put(PRIVILEGED, "");
        }
        return labels;
    }
}
