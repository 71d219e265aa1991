package io.github.sealwatcher.trail.rule;

import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.Headers;
import io.github.sealwatcher.trail.event.Origin;
import org.jspecify.annotations.Nullable;

/** What a record holds in several places must agree: a change of one of them is found. */
final class IdentityRule {
    private final Findings findings;
    private long withDigest;

    IdentityRule(Findings findings) {
        this.findings = findings;
    }

    void check(ContainerEvent event) {
        Headers headers = event.headers();
        same(event, "header podman.event.id", headers.eventId(), event.eventId());
        same(event, "header podman.host", headers.host(), event.key().host());
        same(event, "header podman.event.type", headers.type(), event.type());
        same(event, "header podman.origin", headers.origin(), event.originWord());
        if (event.recordKey() != null && !event.recordKey().equals(event.key())) {
            findings.add(Rule.IDENTITY, event, "the key names " + event.recordKey() + ", the value " + event.key());
        }
        if (event.origin() == Origin.UNKNOWN) {
            findings.add(Rule.IDENTITY, event, "unknown origin '" + event.originWord() + "'");
        }
        if (event.isTurn() && event.origin().isHeard() && !event.eventId().equals(event.podmansId())) {
            findings.add(
                    Rule.IDENTITY,
                    event,
                    "event_id " + event.eventId() + " isn't the one of this " + event.rawAction() + " at "
                            + event.timeNs() + ", which is " + event.podmansId());
        }
        if (headers.digest() != null) {
            withDigest++;
            if (!headers.digest().equals(event.digest())) {
                findings.add(
                        Rule.IDENTITY,
                        event,
                        "header podman.digest is " + headers.digest() + ", but that of the content ("
                                + event.type() + ", exit code " + event.exitCode() + ") gives " + event.digest()
                                + ": the value isn't what the connector wrote");
            }
        }
    }

    /** How many records have a digest. */
    long withDigest() {
        return withDigest;
    }

    private void same(ContainerEvent event, String what, @Nullable String header, String value) {
        if (header != null && !header.equals(value)) {
            findings.add(Rule.IDENTITY, event, what + " is " + header + ", the value has " + value);
        }
    }
}
