package io.github.sealwatcher.engine;

import org.jspecify.annotations.Nullable;

/**
 * An answer, and what the host's clock showed when it was given: some moment between the two ticks.
 *
 * @param value the answer
 * @param hostNs the host's clock in nanoseconds since 1970, rounded down to the second; null if the answer
 *     has none, or an invalid one
 * @param askedTicks {@link System#nanoTime} right before the question was sent
 * @param answeredTicks {@link System#nanoTime} right after the answer began to arrive
 */
public record ClockedAnswer<T>(T value, @Nullable Long hostNs, long askedTicks, long answeredTicks) {}
