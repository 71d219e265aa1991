package io.github.sealwatcher.trail;

import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.ContainerKey;
import io.github.sealwatcher.trail.event.Pod;
import io.github.sealwatcher.trail.fold.Life;
import org.jspecify.annotations.Nullable;

/** What {@code trail show} is asked for: a container or pod by name or by the beginning of its id, or a host. */
record Selection(String word) {
    private static final int MIN_ID_LENGTH = 4;

    boolean has(Life life) {
        return isHost(life.key().host()) || isContainer(life.key(), life.facts().name()) || isPod(life.pod());
    }

    /** Whether an event is of a selected container, or of one that joined or left the selected pod. */
    boolean has(ContainerEvent event) {
        return isHost(event.key().host())
                || isContainer(event.key(), event.container().name())
                || isPod(event.pod())
                || isPod(event.previousPod());
    }

    boolean isHost(String host) {
        return host.equals(word);
    }

    private boolean isContainer(ContainerKey key, @Nullable String name) {
        return word.equals(name) || isId(key.id());
    }

    private boolean isPod(@Nullable Pod pod) {
        return pod != null && (pod.name().equals(word) || isId(pod.id()));
    }

    private boolean isId(String id) {
        return word.length() >= MIN_ID_LENGTH && id.startsWith(word);
    }
}
