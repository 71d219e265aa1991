package io.github.sealwatcher.chaos.checker;

import io.github.sealwatcher.chaos.world.Filter;

/**
 * A time with one filter.
 *
 * @param fromNs when its configuration was first sent: before, it was surely not in force
 * @param settledNs when the connector had synchronized under it: from then on, nothing older is in force.
 *     {@link Long#MAX_VALUE} until then
 */
public record Epoch(Filter filter, long fromNs, long settledNs) {}
