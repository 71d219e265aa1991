/** What the trail amounts to: who is alive, and the lives that ended. Pure. */
@NullMarked
package io.github.sealwatcher.trail.fold;

import org.jspecify.annotations.NullMarked;
