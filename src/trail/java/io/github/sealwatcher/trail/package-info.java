/** The commands of {@code bin/trail}: what they are asked, and what they print. */
@NullMarked
package io.github.sealwatcher.trail;

import org.jspecify.annotations.NullMarked;
