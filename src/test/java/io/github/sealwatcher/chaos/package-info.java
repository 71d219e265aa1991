/**
 * {@code bin/chaos} and {@code bin/rotation}: a real Podman, broker and Connect worker under random faults, and a verdict on
 * what the connector recorded. Not part of the tests that run with every build.
 *
 * <p>Belongs here: options and the order of a run. It may use all four packages below it; {@code ChaosArchitectureTest} holds the
 * walls between these.
 */
package io.github.sealwatcher.chaos;
