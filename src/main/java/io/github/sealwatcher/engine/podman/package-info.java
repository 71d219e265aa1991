/**
 * Podman's REST API and its JSON behind the engine port.
 *
 * <p>Belongs here: requests, decoding, limits on what is read, differences between Podman versions. Does not belong here: how a
 * socket is opened (transport), and what an answer means for what is known (watch). The only package that uses Jackson and
 * an HTTP library.
 */
@NullMarked
package io.github.sealwatcher.engine.podman;

import org.jspecify.annotations.NullMarked;
