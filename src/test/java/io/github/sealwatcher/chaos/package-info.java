/**
 * {@code bin/chaos}: a real Podman, a real broker and a real Connect worker, all tormented at random, and a verdict on what
 * the connector made of it. Not part of the tests that run with every build.
 */
package io.github.sealwatcher.chaos;
