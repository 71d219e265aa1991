package io.github.sealwatcher.watch.checkpoint;

import io.github.sealwatcher.model.ContainerId;
import io.github.sealwatcher.model.Life;
import io.github.sealwatcher.model.LiveContainer;
import io.github.sealwatcher.model.ObservedContainer;
import io.github.sealwatcher.model.PodRef;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/**
 * What a host is known to hold: the alive containers, and the pod of every existing member, alive or not. Immutable;
 * a change costs no copy.
 *
 * @param alive the running and paused containers
 * @param members the pod id of every existing container that is in a pod
 * @param podNames the name of each pod by its id, as far as it was ever looked up; kept after the pod is gone, because its
 *     members' deaths come later than its own end
 * @param hidden those of the above that the filter did not accept when their life, or their membership, began: they are
 *     known and not reported
 */
public record Portfolio(
        PMap<ContainerId, LiveContainer> alive,
        PMap<ContainerId, String> members,
        PMap<String, String> podNames,
        PSet<ContainerId> hidden) {

    /** An offset rounds times down to this. */
    private static final long MILLISECOND_NS = 1_000_000L;

    /** Without any hidden container. */
    public Portfolio(
            PMap<ContainerId, LiveContainer> alive, PMap<ContainerId, String> members, PMap<String, String> podNames) {
        this(alive, members, podNames, HashTreePSet.empty());
    }

    /** Nothing known. */
    public static Portfolio empty() {
        return new Portfolio(HashTreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty());
    }

    /** The names of the compose projects that have alive containers, in order. */
    public Set<String> projects() {
        Set<String> names = new TreeSet<>();
        for (LiveContainer container : alive.values()) {
            String name = container.container().project();
            if (name != null) {
                names.add(name);
            }
        }
        return Collections.unmodifiableSet(names);
    }

    /**
     * The alive containers of a compose project, in no order.
     *
     * @param project empty for those that belong to none
     */
    public List<LiveContainer> containersOf(String project) {
        return alive.values().stream()
                .filter(container -> project.equals(
                        Objects.requireNonNullElse(container.container().project(), "")))
                .toList();
    }

    /** The alive container of that id or else of that name; null if there is none. */
    public @Nullable LiveContainer find(String nameOrId) {
        LiveContainer identified = nameOrId.isEmpty() ? null : alive.get(new ContainerId(nameOrId));
        if (identified != null) {
            return identified;
        }
        for (LiveContainer container : alive.values()) {
            if (nameOrId.equals(container.container().name())) {
                return container;
            }
        }
        return null;
    }

    /** How many containers are alive. */
    public int total() {
        return alive.size();
    }

    /** What the filter accepted. */
    public Portfolio visible() {
        return hidden.isEmpty()
                ? this
                : new Portfolio(alive.minusAll(hidden), members.minusAll(hidden), podNames, HashTreePSet.empty());
    }

    /** Whether the filter did not accept this container when its life, or its membership, began. */
    public boolean isHidden(ContainerId id) {
        return hidden.contains(id);
    }

    /** With this container reported from now on, or no longer. */
    public Portfolio hiding(ContainerId id, boolean hides) {
        return hides == hidden.contains(id)
                ? this
                : new Portfolio(alive, members, podNames, hides ? hidden.plus(id) : hidden.minus(id));
    }

    /** Whether no container is known. */
    public boolean isEmpty() {
        return alive.isEmpty() && members.isEmpty();
    }

    /** Whether the container is alive or a member of a pod. */
    public boolean isKnown(ContainerId id) {
        return alive.containsKey(id) || members.containsKey(id);
    }

    private Portfolio forgettingHidden(ContainerId id) {
        return hidden.isEmpty() || isKnown(id) ? this : hiding(id, false);
    }

    /** The container if it is alive, else null. */
    public @Nullable LiveContainer alive(ContainerId id) {
        return alive.get(id);
    }

    /** The container's pod; null if it is in none. */
    public @Nullable PodRef podOf(ContainerId id) {
        String podId = members.get(id);
        return podId == null ? null : pod(podId);
    }

    /** The pod with its name as far as it is known. */
    PodRef pod(String podId) {
        return new PodRef(podId, podNames.get(podId));
    }

    /** With this container alive. */
    public Portfolio plus(LiveContainer container) {
        return new Portfolio(alive.plus(container.id(), container), members, podNames, hidden);
    }

    /** With this container not alive. */
    public Portfolio minus(ContainerId id) {
        return new Portfolio(alive.minus(id), members, podNames, hidden).forgettingHidden(id);
    }

    /** With this container a member of the pod, or of none; an alive one is changed with it. */
    public Portfolio associated(ContainerId id, @Nullable PodRef pod) {
        Portfolio named = pod == null ? this : named(pod);
        PMap<ContainerId, String> changed = pod == null ? members.minus(id) : members.plus(id, pod.id());
        LiveContainer container = alive.get(id);
        PodRef known = pod == null ? null : named.pod(pod.id());
        PMap<ContainerId, LiveContainer> moved = container == null ? alive : alive.plus(id, container.inPod(known));
        return new Portfolio(moved, changed, named.podNames, hidden).forgettingHidden(id);
    }

    /** With an alive container described as it is shown, and its life better known; status and pod stay. */
    public Portfolio describedBy(ObservedContainer shown) {
        return describedBy(shown, shown.life());
    }

    /** The same of a container that can show a later life than the known one, of which nothing is taken. */
    public Portfolio describedInLaterLife(ObservedContainer shown) {
        return describedBy(shown, null);
    }

    private Portfolio describedBy(ObservedContainer shown, @Nullable Life life) {
        PodRef pod = shown.pod();
        Portfolio described = pod == null ? this : named(pod);
        LiveContainer known = alive.get(shown.id());
        if (known == null) {
            return described;
        }
        Life refined = life != null && known.life().canBe(life) && !isLater(life, known)
                ? known.life().refinedBy(life)
                : known.life();
        LiveContainer better = known.describedBy(shown.container().completedBy(known.container()))
                .withLife(refined);
        LiveContainer placed = pod == null ? better : better.inPod(described.podOf(shown.id()));
        return placed.equals(known) ? described : described.plus(placed);
    }

    /**
     * After a reboot or a step of the clock: no start event that comes now can be that of a life which began before.
     *
     * @param beginsNs when the host came up; the greatest value if times can't be compared
     * @param awaited the containers whose own start event is still to come
     */
    public Portfolio continued(long beginsNs, Set<ContainerId> awaited) {
        Portfolio continued = this;
        for (LiveContainer known : alive.values()) {
            if (known.life().latestNs() < beginsNs && !awaited.contains(known.id())) {
                continued = continued.plus(known.withLife(known.life().announcedAlready()));
            }
        }
        return continued;
    }

    /** Whether a life began behind something that happened in the known one, within the second that a list rounds to. */
    private static boolean isLater(Life life, LiveContainer known) {
        return life.precision() == Life.Precision.EXACT
                && known.sinceNs() > known.life().startedAtNs()
                && life.startedAtNs() > known.sinceNs() + MILLISECOND_NS;
    }

    /** With the pod's name remembered, if it has one. */
    public Portfolio named(PodRef pod) {
        String name = pod.name();
        return name == null || name.equals(podNames.get(pod.id()))
                ? this
                : new Portfolio(alive, members, podNames.plus(pod.id(), name), hidden);
    }

    /** Without the names of pods that have no member left; a new member's pod is asked for again. */
    public Portfolio forgettingPods() {
        var used = new HashSet<>(members.values());
        PMap<String, String> names = podNames;
        for (String podId : podNames.keySet()) {
            if (!used.contains(podId)) {
                names = names.minus(podId);
            }
        }
        return names == podNames ? this : new Portfolio(alive, members, names, hidden);
    }
}
