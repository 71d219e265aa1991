/** What happened, what was recorded, and whether the two agree. */
package io.github.sealwatcher.chaos.checker;
