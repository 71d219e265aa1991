/**
 * The connector's configuration: its keys, their checks, and what is read from them.
 *
 * <p>Belongs here: a record for each group of keys, with doc strings, defaults and validators. Does not belong here: anything that
 * connects to a host (connect).
 */
@NullMarked
package io.github.sealwatcher.connect.config;

import org.jspecify.annotations.NullMarked;
