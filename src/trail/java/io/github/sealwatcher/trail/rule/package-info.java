/** What a trail must keep to. Pure: the same rules judge a user's trail and our own chaos runs. */
@NullMarked
package io.github.sealwatcher.trail.rule;

import org.jspecify.annotations.NullMarked;
