package io.github.sealwatcher.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * For tests whose outcome depends on where Podman keeps its events: {@code bin/verify} runs them once more with a journal, by
 * {@code podman.events.logger}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("journald")
@interface EveryEventLog {}
