/**
 * What reads foreign bytes, given bytes that nobody wrote: each target says what it promises of any input. A seeded mutator
 * runs in every build; {@code bin/fuzz} runs the same targets guided by coverage.
 */
package io.github.sealwatcher.fuzz;
