/**
 * The core against a simulated host: a virtual clock, one seed for all chance, named faults, and checkers that hold what
 * the core told against what really happened. It proves nothing about sockets, JSON or threads.
 */
@NullMarked
package io.github.sealwatcher.watch.sim;

import org.jspecify.annotations.NullMarked;
