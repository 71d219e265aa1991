/** The connector's configuration: its keys, their checks, and what is read from them. Nothing here connects to a host. */
@NullMarked
package io.github.sealwatcher.connect.config;

import org.jspecify.annotations.NullMarked;
