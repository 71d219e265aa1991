/** The port: what any container engine must offer to be watched. */
@NullMarked
package io.github.sealwatcher.engine;

import org.jspecify.annotations.NullMarked;
