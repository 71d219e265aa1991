package io.github.sealwatcher.trail;

import io.github.sealwatcher.trail.rule.Audit;
import io.github.sealwatcher.trail.rule.Beginnings;
import io.github.sealwatcher.trail.rule.Findings;
import io.github.sealwatcher.trail.topic.IdFiles;
import io.github.sealwatcher.trail.topic.Kind;
import io.github.sealwatcher.trail.topic.TopicReading;
import io.github.sealwatcher.trail.topic.TrailTopics;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds the trail against the rules. */
@Command(
        name = "verify",
        description =
                "Proves the trail: order, no event twice, inferences only in gaps, fold = state topic. Exit status 1"
                        + " and each violation with topic, partition and offset if it doesn't hold.",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
final class VerifyCommand implements Callable<Integer> {
    /** While the connector writes, the topics are read at different moments. */
    private static final int ROUNDS = 10;

    private static final long PAUSE_NS = TimeUnit.SECONDS.toNanos(1);

    @Mixin
    private TrailOptions options = new TrailOptions();

    @Option(
            names = "--at-least-once",
            description = "the worker has no exactly-once support: the same event under the same id may be there again"
                    + " after a crash")
    private boolean atLeastOnce;

    @Option(
            names = "--max-violations",
            defaultValue = "20",
            paramLabel = "N",
            description = "how many of each rule are shown; default: ${DEFAULT-VALUE}")
    private int most;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Findings findings = new Findings(most);
        try (TrailTopics topics = options.topics();
                IdFiles ids = new IdFiles()) {
            TopicReading events = topics.open(Kind.EVENTS);
            Optional<TopicReading> hosts = topics.find(Kind.HOSTS);
            Optional<TopicReading> state = topics.find(Kind.STATE);
            Beginnings beginnings = events.beginnings();
            Audit audit = new Audit(findings, beginnings, ids, atLeastOnce);
            read(audit, events, hosts, state);
            audit.finish(state.isPresent());
            Verdict verdict =
                    new Verdict(audit, findings, beginnings, hosts.isPresent(), state.isPresent(), atLeastOnce);
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            if (options.json()) {
                verdict.printJson(out);
            } else {
                verdict.print(out);
            }
        }
        return findings.count() == 0 ? Main.GOOD : Main.BAD;
    }

    /** Reads on as long as fold and state topic differ and more comes, or may come: a transaction ends in several topics. */
    private static void read(
            Audit audit, TopicReading events, Optional<TopicReading> hosts, Optional<TopicReading> state) {
        for (int round = 0; round < ROUNDS; round++) {
            hosts.ifPresent(topic -> topic.readOn(audit::add));
            long more = events.readOn(audit::add);
            more += state.isEmpty() ? 0 : state.get().readOn(audit::add);
            if (state.isEmpty() || audit.isSettled() || (round > 0 && more == 0)) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }
}
