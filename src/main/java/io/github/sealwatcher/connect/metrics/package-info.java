/** What the connector tells of itself to whoever monitors it: the gauges, and where they are registered. */
@NullMarked
package io.github.sealwatcher.connect.metrics;

import org.jspecify.annotations.NullMarked;
