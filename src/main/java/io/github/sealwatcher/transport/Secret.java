package io.github.sealwatcher.transport;

/** A text that must not be seen: {@link #toString} doesn't show it. */
public record Secret(String value) {

    @Override
    public String toString() {
        return "[hidden]";
    }
}
