package io.github.sealwatcher.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What describes a container whatever it does: all of this stays the same over its lives, but for a rename.
 *
 * @param id the full id
 * @param name null if unknown
 * @param image the image's name as the container was created from; null if unknown or none (a pod's infra container)
 * @param imageId null if unknown
 * @param labels the container's labels, unmodifiable
 * @param privileged null if unknown: only an inspect shows it
 * @param infra whether it is a pod's infra container; null if unknown
 * @param inspect what was to be copied from the inspect document, by JSON Pointer, unmodifiable
 * @param detailSource where all this comes from
 */
public record Container(
        ContainerId id,
        @Nullable String name,
        @Nullable String image,
        @Nullable String imageId,
        Map<String, String> labels,
        @Nullable Boolean privileged,
        @Nullable Boolean infra,
        Map<String, String> inspect,
        DetailSource detailSource) {

    /** It, its id, what holds them in a map, and what else is remembered of it. */
    private static final long OBJECTS_BYTES = 512;

    public Container {
        labels = Map.copyOf(labels);
        inspect = Map.copyOf(inspect);
    }

    /** A container of which nothing but the id is remembered. */
    public static Container unknown(ContainerId id) {
        return new Container(id, null, null, null, Map.of(), null, null, Map.of(), DetailSource.REMEMBERED);
    }

    /** Whether nothing but the id is known. */
    public boolean isUnknown() {
        return name == null;
    }

    /** Whether it holds what only an inspect shows. */
    public boolean isInspected() {
        return privileged != null;
    }

    /** This container under another name. */
    public Container renamed(String newName) {
        return new Container(id, newName, image, imageId, labels, privileged, infra, inspect, detailSource);
    }

    /** The same facts with another source. */
    public Container from(DetailSource source) {
        return source == detailSource
                ? this
                : new Container(id, name, image, imageId, labels, privileged, infra, inspect, source);
    }

    /**
     * This container with what only an inspect shows taken over from {@code earlier} where this one lacks it; {@code earlier}
     * itself if that changes nothing, so that a thousand idle hosts hold each container once.
     */
    public Container completedBy(Container earlier) {
        Container completed = new Container(
                id,
                name == null ? earlier.name : name,
                image == null ? earlier.image : image,
                imageId == null ? earlier.imageId : imageId,
                isUnknown() ? earlier.labels : labels,
                privileged == null ? earlier.privileged : privileged,
                infra == null ? earlier.infra : infra,
                inspect.isEmpty() ? earlier.inspect : inspect,
                isUnknown() ? earlier.detailSource : detailSource);
        return completed.equals(earlier) ? earlier : completed;
    }

    /** The compose project: docker's label, then podman's, because podman-compose sets both; null if neither is set. */
    public @Nullable String project() {
        String docker = labels.get("com.docker.compose.project");
        return docker != null ? docker : labels.get("io.podman.compose.project");
    }

    /** The systemd unit that runs it, as Podman labels it (Quadlet, {@code generate systemd}); null if none. */
    public @Nullable String systemdUnit() {
        return labels.get("PODMAN_SYSTEMD_UNIT");
    }

    /** About how many bytes it takes. */
    public long bytes() {
        return OBJECTS_BYTES
                + Texts.bytes(name)
                + Texts.bytes(image)
                + Texts.bytes(imageId)
                + Texts.bytes(labels)
                + Texts.bytes(inspect);
    }
}
