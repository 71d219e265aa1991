package io.github.sealwatcher.model;

/**
 * A container's full id. Names can be changed and are reused at once after a removal, so nothing is ever keyed by name.
 *
 * @param value never empty; with Podman 64 lower-case hexadecimal digits
 */
public record ContainerId(String value) implements Comparable<ContainerId> {

    /** @throws IllegalArgumentException if {@code value} is empty */
    public ContainerId {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a container id can't be empty");
        }
    }

    @Override
    public int compareTo(ContainerId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
