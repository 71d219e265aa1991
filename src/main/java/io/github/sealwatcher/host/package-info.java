/**
 * One host live: the threads, the clock and the I/O around the pure core.
 *
 * <p>Belongs here: performing what the core requests, queues and their bounds, thread pools, log messages about a host. Does not
 * belong here: decisions about events, retries or gaps (watch), and records (connect.record). Read docs/concurrency.md
 * before changing it.
 */
@NullMarked
package io.github.sealwatcher.host;

import org.jspecify.annotations.NullMarked;
