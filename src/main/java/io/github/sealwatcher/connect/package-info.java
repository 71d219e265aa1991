/** The Kafka Connect glue, and the only place where all other packages are wired together. */
@NullMarked
package io.github.sealwatcher.connect;

import org.jspecify.annotations.NullMarked;
