/** How much of each host the trail covers, and where it is blind. Pure. */
@NullMarked
package io.github.sealwatcher.trail.cover;

import org.jspecify.annotations.NullMarked;
