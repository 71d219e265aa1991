package io.github.sealwatcher.chaos.checker;

/**
 * Something that must not be.
 *
 * @param id the container in question; empty if it is about none
 */
public record Violation(String rule, String id, String what) {
    @Override
    public String toString() {
        return rule + ": " + what;
    }
}
