/**
 * What happened, what was recorded, and whether the two agree.
 *
 * <p>Belongs here: reading Podman's log and the topics, the rules, the verdict. Must not know which fault is about to come: uses
 * the world only, and shares no code with the connector.
 */
package io.github.sealwatcher.chaos.checker;
