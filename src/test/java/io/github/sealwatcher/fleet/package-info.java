/**
 * {@code bin/fleet}: any number of scripted hosts, a broker and one Connect worker, and what a worker takes to watch them.
 * Not part of the tests that run with every build; these use its scripted hosts, though.
 */
package io.github.sealwatcher.fleet;
