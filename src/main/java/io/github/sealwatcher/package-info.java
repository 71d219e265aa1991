/**
 * The watcher as a library: {@link io.github.sealwatcher.PodmanWatcher} keeps track of what is alive on one Podman host
 * and tells what changes, without Kafka. The connector runs this same watcher for each of its hosts.
 */
@NullMarked
package io.github.sealwatcher;

import org.jspecify.annotations.NullMarked;
