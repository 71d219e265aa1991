/**
 * The watcher as a library: {@link io.github.sealwatcher.PodmanWatcher} keeps track of what is alive on one Podman host and
 * reports what changes, without Kafka. The connector runs this same watcher for each of its hosts.
 *
 * <p>Belongs here: the API that users of the library call, and nothing that needs Kafka. Does not belong here: how a host is
 * followed (watch), threads (host), Podman's wire format (engine.podman).
 */
@NullMarked
package io.github.sealwatcher;

import org.jspecify.annotations.NullMarked;
