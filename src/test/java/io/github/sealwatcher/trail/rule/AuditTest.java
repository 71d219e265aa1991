package io.github.sealwatcher.trail.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.model.EventId;
import io.github.sealwatcher.trail.TrailEvents;
import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.ContainerFacts;
import io.github.sealwatcher.trail.event.ContainerKey;
import io.github.sealwatcher.trail.event.Headers;
import io.github.sealwatcher.trail.event.HostEvent;
import io.github.sealwatcher.trail.event.Place;
import io.github.sealwatcher.trail.event.Pod;
import io.github.sealwatcher.trail.event.TrailRecord;
import io.github.sealwatcher.trail.event.Unreadable;
import io.github.sealwatcher.trail.rule.Beginnings.Beginning;
import io.github.sealwatcher.trail.topic.IdFiles;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule: what it lets pass, and what it names. */
class AuditTest {
    private static final String A = "aaaa";
    private static final String B = "bbbb";

    private final TrailEvents make = new TrailEvents();
    private final Beginnings beginnings = new Beginnings();
    private final List<TrailRecord> hosts = new ArrayList<>(List.of(make.host("synchronized", 1)));

    @Test
    void completeTrailHasNoFindings() {
        assertThat(rules(
                        make.live("start", A, 10, 10),
                        make.live("pause", A, 11, 10),
                        make.live("unpause", A, 12, 10),
                        make.live("die", A, 13, 10),
                        make.live("start", A, 14, 14),
                        make.row(A, "running", 14)))
                .isEmpty();
    }

    @Test
    void dieNeedsAStart() {
        assertThat(rules(make.live("die", A, 13, 10))).containsExactly(Rule.ORDER);
    }

    @Test
    void startNeedsADieBefore() {
        assertThat(rules(make.live("start", A, 10, 10), make.live("start", A, 14, 14), make.row(A, "running", 14)))
                .containsExactly(Rule.ORDER);
    }

    @Test
    void pauseAndUnpauseAlternate() {
        ContainerEvent start = make.live("start", A, 10, 10);
        assertThat(rules(start, make.live("unpause", A, 11, 10), make.row(A, "running", 10)))
                .containsExactly(Rule.ORDER);
        assertThat(rules(
                        start, make.live("pause", A, 11, 10), make.live("pause", A, 12, 10), make.row(A, "paused", 10)))
                .containsExactly(Rule.ORDER);
    }

    @Test
    void snapshotMayReportAKnownLifeAgain() {
        hosts.add(make.host("synchronized", 30));
        assertThat(rules(
                        make.live("start", A, 10, 10),
                        make.event("start", A, 30, 10, "snapshot", null, null),
                        make.row(A, "running", 10)))
                .isEmpty();
    }

    @Test
    void snapshotOfAnotherLifeIsASecondStart() {
        hosts.add(make.host("synchronized", 30));
        assertThat(rules(
                        make.live("start", A, 10, 10),
                        make.event("start", A, 30, 20, "snapshot", null, null),
                        make.row(A, "running", 20)))
                .containsExactly(Rule.ORDER);
    }

    @Test
    void recordsDeletedByRetentionAreNotMissed() {
        beginnings.add(new Beginning(0, 500, 12 * TrailEvents.SECOND));
        assertThat(rules(make.live("die", A, 13, 10), make.row(B, "running", 9)))
                .isEmpty();
        assertThat(rules(make.live("die", A, 25, 20)))
                .as("a life that began later must have its start")
                .containsExactly(Rule.ORDER);
        assertThat(rules(make.row(B, "running", 20))).containsExactly(Rule.STATE);
    }

    @Test
    void eventsAreUnique() {
        ContainerEvent start = make.live("start", A, 10, 10);
        ContainerEvent again = moved(start);
        assertThat(rules(start, again, make.row(A, "running", 10))).containsExactly(Rule.ONCE);
        assertThat(rules(true, start, again, make.row(A, "running", 10))).isEmpty();
    }

    @Test
    void duplicateHasTheSameContent() {
        ContainerEvent start = make.live("start", A, 10, 10);
        ContainerEvent die = make.live("die", A, 11, 10);
        assertThat(rules(true, start, die, moved(exit(die, 3)))).containsExactly(Rule.ONCE, Rule.IDENTITY);
    }

    @Test
    void changedExitCodeIsFoundByTheDigest() {
        ContainerEvent die = exit(make.live("die", A, 11, 10), 3);
        assertThat(findings(false, make.live("start", A, 10, 10), die))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo(Rule.IDENTITY);
                    assertThat(finding.place()).isEqualTo(die.place());
                    assertThat(finding.what()).contains("podman.digest", "exit code 3");
                });
    }

    @Test
    void inventedIdIsFound() {
        ContainerEvent start = make.live("start", A, 10, 10);
        ContainerEvent invented = copy(start, start.place(), "00112233445566778899aabbccddeeff", start.exitCode());
        assertThat(rules(invented, make.row(A, "running", 10))).contains(Rule.IDENTITY);
    }

    @Test
    void recordUnderAnotherKeyIsFound() {
        ContainerEvent start = make.live("start", A, 10, 10);
        ContainerEvent misplaced = new ContainerEvent(
                start.place(),
                new ContainerKey(TrailEvents.HOST, B),
                start.key(),
                start.headers(),
                start.eventId(),
                start.type(),
                start.rawAction(),
                start.timeNs(),
                start.originWord(),
                start.exitCode(),
                start.container(),
                start.pod(),
                start.previousPod());
        assertThat(rules(misplaced, make.row(A, "running", 10))).containsExactly(Rule.IDENTITY);
    }

    @Test
    void mergedLivesDisagreeInTheirStart() {
        assertThat(rules(make.live("start", A, 10, 10), make.live("die", A, 30, 20)))
                .containsExactly(Rule.LIFE);
    }

    @Test
    void startKnownBySecondsAgreesWithOneByNanoseconds() {
        ContainerEvent start = make.live("start", A, 10, 10);
        ContainerEvent die = make.live("die", A, 30, 10);
        assertThat(rules(start, began(die, 10 * TrailEvents.SECOND))).isEmpty();
    }

    @Test
    void startDatedByItsEventAgreesWithAnInspectOfLater() {
        ContainerEvent start = began(make.live("start", A, 10, 10), 10 * TrailEvents.SECOND);
        ContainerEvent die = began(make.live("die", A, 30, 10), 10 * TrailEvents.SECOND - 2_969_551);
        assertThat(rules(start, die)).isEmpty();
        assertThat(rules(start, began(die, 10 * TrailEvents.SECOND + 1)))
                .as("a start event is never before the start")
                .containsExactly(Rule.LIFE);
        assertThat(rules(start, began(die, 4 * TrailEvents.SECOND + 1)))
                .as("nor that late")
                .containsExactly(Rule.LIFE);
    }

    @Test
    void startKnownByMillisecondsAgreesWithOneByNanoseconds() {
        ContainerEvent start = began(make.live("start", A, 11, 11), 10_123_456_789L);
        ContainerEvent die = make.live("die", A, 30, 10);
        assertThat(rules(start, began(die, 10_123_000_000L))).isEmpty();
        assertThat(rules(start, began(die, 10_122_000_000L))).containsExactly(Rule.LIFE);
    }

    @Test
    void restoredLifeBeganBeforeItsRestore() {
        ContainerEvent start = began(action(make.live("start", A, 100, 100), "restore"), 100 * TrailEvents.SECOND);
        assertThat(rules(start, make.live("die", A, 120, 10))).isEmpty();
        assertThat(rules(start, make.live("die", A, 120, 110))).containsExactly(Rule.LIFE);
    }

    @Test
    void podOfAnEventMatchesTheAssociations() {
        Pod shop = new Pod("p1", "shop");
        ContainerEvent joins = make.event("pod_association", A, 9, 0, "live", null, shop);
        ContainerEvent start = make.event("start", A, 10, 10, "live", null, shop);
        ContainerEvent die = make.event("die", A, 11, 10, "live", 0, shop);
        assertThat(rules(joins, start, die)).isEmpty();
        ContainerEvent another = make.event("pod_association", B, 8, 0, "live", null, shop);
        assertThat(rules(another, start, joins, die)).as("swapped").containsExactly(Rule.LIFE);
    }

    @Test
    void inferredChangesLieInAGap() {
        hosts.add(make.gap(20, 30, 31));
        ContainerEvent start = make.live("start", A, 10, 10);
        assertThat(rules(start, make.inferred("die", A, 25, 10))).isEmpty();
        assertThat(rules(start, make.inferred("die", A, 35, 10))).containsExactly(Rule.INFERRED);
    }

    @Test
    void snapshotComesWithASynchronization() {
        ContainerEvent snapshot = make.event("start", A, 100, 10, "snapshot", null, null);
        assertThat(rules(snapshot, make.row(A, "running", 10))).containsExactly(Rule.INFERRED);
        hosts.add(make.host("synchronized", 101));
        assertThat(rules(snapshot, make.row(A, "running", 10))).isEmpty();
    }

    @Test
    void foldEqualsTheStateTopic() {
        ContainerEvent start = make.live("start", A, 10, 10);
        assertThat(rules(start)).as("no row").containsExactly(Rule.STATE);
        assertThat(rules(start, make.row(A, "paused", 10))).as("another status").containsExactly(Rule.STATE);
        TrailRecord row = make.row(B, "running", 10);
        assertThat(findings(false, row))
                .as("a tombstone is missing")
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo(Rule.STATE);
                    assertThat(finding.place()).isEqualTo(row.place());
                });
        assertThat(rules(row, make.row(B, null, 0))).isEmpty();
    }

    @Test
    void hostThatIsNoLongerConfiguredMayHaveNoRows() {
        hosts.add(new HostEvent(
                new Place("podman.host.events", 0, 99),
                TrailEvents.HOST,
                "disconnected",
                50 * TrailEvents.SECOND,
                "the host is no longer configured",
                null,
                null,
                ""));
        assertThat(rules(make.live("start", A, 10, 10))).isEmpty();
    }

    @Test
    void filterEndsALifeWithoutAnExitCode() {
        ContainerEvent start = make.live("start", A, 10, 10);
        assertThat(rules(start, filtered(make.inferred("die", A, 500, 10)))).isEmpty();
        assertThat(rules(start, filtered(exit(make.inferred("die", A, 500, 10), 1))))
                .contains(Rule.INFERRED);
    }

    @Test
    void onlyAtLeastOnceMayForgetAndOnlyWithinAGap() {
        ContainerEvent start = make.live("start", A, 25, 25);
        ContainerEvent another = make.live("start", A, 40, 40);
        TrailRecord row = make.row(A, "running", 40);
        assertThat(rules(true, start, another, row)).containsExactly(Rule.ORDER);
        hosts.add(make.host("connected", 5));
        hosts.add(make.gap(20, 30, 31));
        assertThat(rules(true, start, another, row)).as("the worker never went").containsExactly(Rule.ORDER);
        hosts.add(make.host("connected", 38));
        hosts.add(make.gap(20, 30, 39));
        assertThat(rules(true, start, another, row)).isEmpty();
        assertThat(rules(false, start, another, row)).containsExactly(Rule.ORDER);
    }

    @Test
    void hostEventsAreUnique() {
        hosts.add(make.gap(20, 30, 31));
        hosts.add(make.gap(20, 30, 31));
        assertThat(rules()).containsExactly(Rule.HOST);
        assertThat(rules(true)).isEmpty();
    }

    @Test
    void unreadableRecordsAreNamed() {
        assertThat(rules(new Unreadable(new Place("podman.container.events", 3, 77), "cannot be read: not an object")))
                .containsExactly(Rule.READABLE);
    }

    private List<Rule> rules(TrailRecord... records) {
        return rules(false, records);
    }

    private List<Rule> rules(boolean atLeastOnce, TrailRecord... records) {
        return findings(atLeastOnce, records).stream()
                .map(Finding::rule)
                .distinct()
                .sorted()
                .toList();
    }

    private List<Finding> findings(boolean atLeastOnce, TrailRecord... records) {
        Findings findings = new Findings(10);
        try (IdFiles ids = new IdFiles()) {
            Audit audit = new Audit(findings, beginnings, ids, atLeastOnce);
            hosts.forEach(audit::add);
            List.of(records).forEach(audit::add);
            audit.finish(true);
        }
        return findings.kept();
    }

    private static ContainerEvent moved(ContainerEvent event) {
        Place place = new Place(event.place().topic(), 0, event.place().offset() + 1000);
        return copy(event, place, event.eventId(), event.exitCode());
    }

    private static ContainerEvent exit(ContainerEvent event, int exitCode) {
        return copy(event, event.place(), event.eventId(), exitCode);
    }

    private static ContainerEvent copy(ContainerEvent event, Place place, String eventId, Integer exitCode) {
        return new ContainerEvent(
                place,
                event.recordKey(),
                event.key(),
                event.headers(),
                eventId,
                event.type(),
                event.rawAction(),
                event.timeNs(),
                event.originWord(),
                exitCode,
                event.container(),
                event.pod(),
                event.previousPod());
    }

    private static ContainerEvent filtered(ContainerEvent event) {
        return changed(event, event.eventId(), ContainerEvent.FILTERED, event.container());
    }

    private static ContainerEvent action(ContainerEvent event, String rawAction) {
        String id = EventId.of("container", rawAction, event.key().id(), event.timeNs())
                .toString();
        return changed(event, id, rawAction, event.container());
    }

    private static ContainerEvent began(ContainerEvent event, long startedNs) {
        ContainerFacts facts = new ContainerFacts("name-" + A, "image", null, null, "list", startedNs, null);
        return changed(event, event.eventId(), event.rawAction(), facts);
    }

    private static ContainerEvent changed(
            ContainerEvent event, String eventId, String rawAction, ContainerFacts container) {
        return new ContainerEvent(
                event.place(),
                event.recordKey(),
                event.key(),
                Headers.NONE,
                eventId,
                event.type(),
                rawAction,
                event.timeNs(),
                event.originWord(),
                event.exitCode(),
                container,
                event.pod(),
                event.previousPod());
    }
}
