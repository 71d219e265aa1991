/**
 * A Kafka broker, a Connect worker and a Podman service, each private and started in one line of code: the base of the
 * integration tests, of {@code bin/chaos} and its relatives, and of {@code bin/quickstart}.
 *
 * <p>Belongs here: what starts, stops, kills or asks one of these, for whoever needs it. Does not belong here: assertions
 * and scenarios (test packages), terminal output (quickstart), anything of the connector. Never part of the plugin.
 */
@NullMarked
package io.github.sealwatcher.testkit;

import org.jspecify.annotations.NullMarked;
