/** Reads the topics: Kafka, JSON, and any Connect converter. */
@NullMarked
package io.github.sealwatcher.trail.topic;

import org.jspecify.annotations.NullMarked;
