/** The code broken on purpose, one thing at a time, and the unit tests that must catch it. The core's are beside the simulator. */
@NullMarked
package io.github.sealwatcher.mutant;

import org.jspecify.annotations.NullMarked;
