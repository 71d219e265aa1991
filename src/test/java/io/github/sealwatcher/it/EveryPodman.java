package io.github.sealwatcher.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** For tests whose outcome depends on Podman's version: {@code bin/verify} runs them on several, by {@code podman.suite}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("every-podman")
@interface EveryPodman {}
