/**
 * The connector: Kafka Connect's entry points, and the only place where all other packages are wired together.
 *
 * <p>Belongs here: the connector's and the task's life cycle, validation that connects to hosts, sharing hosts among tasks. Does
 * not belong here: keys and their checks (connect.config), records (connect.record), offsets (connect.offset).
 */
@NullMarked
package io.github.sealwatcher.connect;

import org.jspecify.annotations.NullMarked;
