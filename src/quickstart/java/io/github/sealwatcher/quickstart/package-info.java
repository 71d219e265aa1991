/**
 * A Kafka broker, a Connect worker and a Podman service of one's own, each in a line of code: what {@code bin/quickstart}
 * runs and what the integration tests stand on. Never part of the plugin.
 */
@NullMarked
package io.github.sealwatcher.quickstart;

import org.jspecify.annotations.NullMarked;
