/**
 * Containers, pods, hosts and their changes as immutable values that depend on nothing.
 *
 * <p>Belongs here: what two or more packages must agree on, validated by its constructor. Does not belong here: behaviour that
 * needs state, time or I/O, and names on the wire (connect.record, connect.offset).
 */
@NullMarked
package io.github.sealwatcher.model;

import org.jspecify.annotations.NullMarked;
