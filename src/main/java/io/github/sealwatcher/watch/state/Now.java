package io.github.sealwatcher.watch.state;

/**
 * The time of an input.
 *
 * @param wallNs our wall clock, in nanoseconds since 1970
 * @param monotonicNs a clock that never steps, for spans and deadlines only
 */
public record Now(long wallNs, long monotonicNs) {}
