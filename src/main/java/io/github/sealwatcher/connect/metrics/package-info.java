/** The connector's metrics: the gauges, and where they are registered. */
@NullMarked
package io.github.sealwatcher.connect.metrics;

import org.jspecify.annotations.NullMarked;
