/** What a container, a pod, a host and a change of them is: immutable values that depend on nothing. */
@NullMarked
package io.github.sealwatcher.model;

import org.jspecify.annotations.NullMarked;
