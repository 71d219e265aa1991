package io.github.sealwatcher.chaos.checker;

import io.github.sealwatcher.trail.event.ContainerKey;
import io.github.sealwatcher.trail.rule.Audit;
import io.github.sealwatcher.trail.rule.Finding;
import io.github.sealwatcher.trail.rule.Findings;
import io.github.sealwatcher.trail.topic.IdFiles;
import io.github.sealwatcher.trail.topic.JsonFormat;
import io.github.sealwatcher.trail.topic.Kind;
import io.github.sealwatcher.trail.topic.Progress;
import io.github.sealwatcher.trail.topic.TopicNames;
import io.github.sealwatcher.trail.topic.TopicReading;
import io.github.sealwatcher.trail.topic.TrailTopics;
import java.util.Map;
import java.util.Set;

/** What {@code bin/trail verify} says of the topics: whoever has only them must come to the same. */
public final class UsersVerdict {
    private static final int MAX_OF_A_RULE = 20;

    private UsersVerdict() {}

    /**
     * Reads the topics and holds them against the trail reader's rules.
     *
     * @param forgotten containers of which nobody can know any more whether they live
     */
    public static void judge(
            String bootstrapServers, String prefix, boolean atLeastOnce, Set<String> forgotten, Verdict verdict) {
        Findings findings = new Findings(MAX_OF_A_RULE);
        TopicNames names = TopicNames.of(prefix, "__podman-heartbeat");
        try (TrailTopics topics = new TrailTopics(
                        Map.of("bootstrap.servers", bootstrapServers), names, new JsonFormat(), Progress.NONE);
                IdFiles ids = new IdFiles()) {
            if (topics.find(Kind.EVENTS).isEmpty()) {
                // Nothing was ever written under that prefix.
                return;
            }
            TopicReading events = topics.open(Kind.EVENTS);
            Audit audit = new Audit(findings, events.beginnings(), ids, atLeastOnce);
            topics.open(Kind.HOSTS).readOn(audit::add);
            events.readOn(audit::add);
            topics.open(Kind.STATE).readOn(audit::add);
            audit.finish(true);
            verdict.figure("events by bin/trail verify", audit.events());
        }
        for (Finding finding : findings.kept()) {
            ContainerKey key = finding.key();
            String id = key == null ? "" : key.id();
            if (!forgotten.contains(id)) {
                verdict.violated("trail verify", id, finding.toString());
            }
        }
    }
}
