package io.github.sealwatcher.mutant;

import java.util.List;

/** All that is broken on purpose outside of the core; each brings back the fault whose number it bears. */
final class UnitMutants {

    static final List<UnitMutant> ALL = List.of(
            new UnitMutant(
                    "T9: takes an Error for no answer",
                    "host/Session",
                    "catch (RuntimeException | Error e) {\n            // A question without an answer",
                    "catch (RuntimeException e) {\n            // A question without an answer",
                    "host.SessionTest",
                    "errorOfTheEngineIsALoss"),
            new UnitMutant(
                    "T9: leaves a ping unanswered that ends in an Error",
                    "host/Session",
                    "catch (EngineException | RuntimeException | Error e)",
                    "catch (EngineException | RuntimeException e)",
                    "host.SessionTest",
                    "errorInAPingIsAMissedPing"),
            new UnitMutant(
                    "T9: does not expect an impossible status",
                    "engine/podman/HttpConnection",
                    "catch (IllegalArgumentException | IllegalStateException e)",
                    "catch (IllegalStateException e)",
                    "fault.PodmanEngineFaultTest",
                    "impossibleStatusIsNotPodman"),
            new UnitMutant(
                    "T10: has the look-up that an event waits for wait behind all others",
                    "host/Lookups",
                    "(isAwaited ? awaited : background).add(new Lookup(what, isAwaited, work));",
                    "background.add(new Lookup(what, isAwaited, work));",
                    "host.LookupsTest",
                    "onePlaceIsReservedForAwaitedLookups"),
            new UnitMutant(
                    "T10: gives all places to the background",
                    "host/Lookups",
                    "Math.max(1, maxInFlight - 1)",
                    "maxInFlight",
                    "host.LookupsTest",
                    "onePlaceIsReservedForAwaitedLookups"),
            new UnitMutant(
                    "T10: looks up one at a time",
                    "host/Lookups",
                    "inFlight.size() < maxInFlight",
                    "inFlight.isEmpty()",
                    "host.LookupsTest",
                    "awaitedLookupsMayTakeAllPlaces"),
            new UnitMutant(
                    "T10: does not let the work of other hosts go before the background's",
                    "host/Workers",
                    "waitingLonger.add(work);",
                    "waiting.add(work);",
                    "host.WorkersTest",
                    "backgroundWorkWaits"),
            new UnitMutant(
                    "T13: lets a null alone carry the offset",
                    "connect/record/BatchMapper",
                    "|| (last != null && last.isTombstone() && context.hasHeartbeats())",
                    "",
                    "connect.record.BatchMapperTest",
                    "loneTombstoneIsFollowedByAHeartbeatWithTheOffset"),
            new UnitMutant(
                    "T13: writes the null behind the event, where it carries the offset",
                    "connect/record/RecordMapper",
                    "mapChange(context, change, details, engine, last, sink);",
                    "var reversed = new java.util.ArrayDeque<PendingRecord>();\n"
                            + "mapChange(context, change, details, engine, last, reversed::addFirst);\n"
                            + "reversed.forEach(sink);",
                    "connect.record.BatchMapperTest",
                    "offsetSurvivesATransformationThatDropsTombstones"),
            new UnitMutant(
                    "T13: lets the first null of a removed host carry the offset",
                    "connect/record/HostRemovalRecords",
                    "i == drafts.size() - 1 ? done",
                    "i == 0 ? done",
                    "connect.record.HostRemovalRecordsTest",
                    "isDoneOnceAndKeepsTheTrailForAHostThatReturns"),
            new UnitMutant(
                    "T16: writes no null for what ended before the trail",
                    "connect/record/RecordMapper",
                    "for (ContainerId absent : emission.absent()) {",
                    "for (ContainerId absent : java.util.Set.<ContainerId>of()) {",
                    "connect.record.BatchMapperTest",
                    "containerAbsentAtTheStartOfATrailLosesItsRow"),
            new UnitMutant(
                    "T17: does not look for hosts of an earlier configuration",
                    "connect/PodmanSourceConnector",
                    "hostSet = new HostSet(hosts, former(hosts));",
                    "hostSet = new HostSet(hosts, List.of());",
                    "connect.RemovedHostTest",
                    "isHandedToATask"),
            new UnitMutant(
                    "T17: knows only the former hosts that this JVM remembers",
                    "connect/FormerHosts",
                    "if (next != null && visited.add(next)) {",
                    "if (next != null && visited.isEmpty()) {",
                    "connect.FormerHostsTest",
                    "followsTheOffsetsOfHostsThatRemain"),
            new UnitMutant(
                    "T17: forgets a removal on the way from the connector to the records",
                    "connect/TaskStart",
                    ".records(removals));",
                    ".records(List.of()));",
                    "connect.RemovedHostTest",
                    "isReportedBeforeAllElse"),
            new UnitMutant(
                    "T17: leaves the rows of a host that is removed",
                    "connect/record/HostRemovalRecords",
                    "then.mapNoRow(context, alive.id(), removal.atNs(), \"disconnected\", drafts::add);",
                    "continue;",
                    "connect.record.HostRemovalRecordsTest",
                    "removesTheRowsAndReportsTheRemoval"));

    private UnitMutants() {}
}
