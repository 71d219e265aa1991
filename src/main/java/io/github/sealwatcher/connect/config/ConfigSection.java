package io.github.sealwatcher.connect.config;

import java.util.List;

/**
 * A group of keys.
 *
 * @param group its title
 * @param perHost whether each key may be set for a single host too, as {@code podman.host.<name>.<key>}
 * @param keys in the order in which they are to be shown
 */
record ConfigSection(String group, boolean perHost, List<ConfigKey> keys) {}
