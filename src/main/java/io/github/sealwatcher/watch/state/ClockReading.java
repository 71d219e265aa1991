package io.github.sealwatcher.watch.state;

/**
 * The host's clock, read once: it showed {@code hostNs}, rounded down to the second as HTTP's {@code Date} is, at some
 * moment between the two ticks.
 *
 * @param hostNs in nanoseconds since 1970 by the host's clock
 * @param askedTicks the worker's monotonic clock when the host was asked
 * @param answeredTicks the same when the answer arrived
 */
public record ClockReading(long hostNs, long askedTicks, long answeredTicks) {}
