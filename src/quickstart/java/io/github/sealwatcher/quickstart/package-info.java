/**
 * What {@code bin/quickstart} shows: a connector at work, as a stream of lines and a table of what is alive.
 *
 * <p>Belongs here: the demo's scenario, its options and its terminal output. Does not belong here: starting brokers, workers
 * and Podman services, which tests need as well (testkit). Never part of the plugin.
 */
@NullMarked
package io.github.sealwatcher.quickstart;

import org.jspecify.annotations.NullMarked;
