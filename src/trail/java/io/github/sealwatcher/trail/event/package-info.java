/** The records of the trail as its reader sees them. */
@NullMarked
package io.github.sealwatcher.trail.event;

import org.jspecify.annotations.NullMarked;
