package io.github.sealwatcher.host;

import io.github.sealwatcher.model.HostName;
import io.github.sealwatcher.watch.Emission;

/**
 * An emission with the host that it comes from.
 *
 * @param host the host's configured name
 * @param emission what is to be delivered, all of it or nothing
 */
public record HostEmission(HostName host, Emission emission) {}
