/**
 * Watches one worker for hours, while containers come and go and faults happen, and says whether what it takes grows. The
 * world, the faults and the rules are those of {@code chaos}, the scripted hosts those of {@code fleet}.
 */
package io.github.sealwatcher.soak;
