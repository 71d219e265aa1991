/** Podman's REST API and its JSON behind the engine port. */
@NullMarked
package io.github.sealwatcher.engine.podman;

import org.jspecify.annotations.NullMarked;
