package io.github.sealwatcher.trail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sealwatcher.trail.event.ContainerKey;
import io.github.sealwatcher.trail.rule.Audit;
import io.github.sealwatcher.trail.rule.Beginnings;
import io.github.sealwatcher.trail.rule.Finding;
import io.github.sealwatcher.trail.rule.Findings;
import io.github.sealwatcher.trail.rule.Rule;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What an audit came to, in words. */
record Verdict(
        Audit audit,
        Findings findings,
        Beginnings beginnings,
        boolean withHosts,
        boolean withState,
        boolean atLeastOnce) {

    void print(PrintWriter out) {
        out.printf(
                "read      %d events, %d host events, %d rows%n",
                audit.events(), audit.hosts().count(), audit.table().count());
        out.printf(
                "alive     %d by the events, %s by the state topic%n",
                audit.fold().alive().size(), withState ? audit.table().rows().size() : "unknown");
        out.printf("gaps      %d reported%n", audit.hosts().gapCount());
        notes().forEach(note -> out.println("note      " + note));
        for (Rule rule : Rule.values()) {
            int count = findings.count(rule);
            String mark = !isChecked(rule) ? "-   " : count == 0 ? "ok  " : "FAIL";
            out.printf(
                    "%s      %-9s %s%s%n",
                    mark, rule.word(), rule.meaning(), count == 0 ? "" : ": " + count + " violations");
        }
        for (Finding finding : findings.kept()) {
            out.println("VIOLATED  " + Printable.text(finding.toString()));
        }
        int hidden = findings.count() - findings.kept().size();
        if (hidden > 0) {
            out.println("          and " + hidden + " more; --max-violations shows them");
        }
        out.println(findings.count() == 0 ? "PASS" : "FAIL, " + findings.count() + " violations");
    }

    void printJson(PrintWriter out) {
        for (Finding finding : findings.kept()) {
            ObjectNode line = Json.line("violation").put("rule", finding.rule().word());
            ContainerKey key = finding.key();
            line.put("host", finding.host()).put("container_id", key == null ? null : key.id());
            if (finding.place() != null) {
                line.put("topic", finding.place().topic())
                        .put("partition", finding.place().partition())
                        .put("offset", finding.place().offset());
            }
            out.println(line.put("what", finding.what()));
        }
        ObjectNode line = Json.line("verdict")
                .put("pass", findings.count() == 0)
                .put("violations", findings.count())
                .put("events", audit.events())
                .put("host_events", audit.hosts().count())
                .put("rows", audit.table().count())
                .put("alive", audit.fold().alive().size())
                .put("gaps", audit.hosts().gapCount())
                .put("repeated", audit.repeated())
                .put("with_digest", audit.digests());
        ObjectNode rules = line.putObject("rules");
        for (Rule rule : Rule.values()) {
            rules.put(rule.word(), isChecked(rule) ? (findings.count(rule) == 0 ? "ok" : "violated") : "not checked");
        }
        notes().forEach(line.withArray("/notes")::add);
        out.println(line);
    }

    private boolean isChecked(Rule rule) {
        return switch (rule) {
            case INFERRED, HOST -> withHosts;
            case STATE -> withState;
            default -> true;
        };
    }

    /** What was not checked, or only in part: a proof must name its limits. */
    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (Beginnings.Beginning cut : beginnings.cut()) {
            notes.add("partition " + cut.partition() + " begins at offset " + cut.firstOffset() + ", "
                    + Times.show(cut.firstNs()) + ": what retention has deleted before is not judged");
        }
        if (audit.fromBefore() > 0) {
            notes.add(audit.fromBefore() + " rows of the state topic are of lives that began before the trail does");
        }
        if (!withHosts) {
            notes.add("there is no host topic: whether inferences lie in gaps is not judged");
        }
        if (!withState) {
            notes.add("there is no state topic to compare the fold with");
        }
        if (audit.digests() < audit.events()) {
            notes.add((audit.events() - audit.digests())
                    + " events have no header podman.digest: a changed exit code, name or image would not show");
        }
        if (findings.excused() > 0) {
            notes.add(findings.excused()
                    + " breaks of order or of state are excused: the records of those containers lie"
                    + " in a gap, so a crash let the worker forget it");
        }
        if (atLeastOnce && audit.repeated() > 0) {
            notes.add(
                    audit.repeated() + " events are repeated under their ids, as a worker without exactly-once support"
                            + " does after a crash");
        } else if (findings.count(Rule.ONCE) > 0) {
            notes.add("a worker without exactly-once support repeats events after a crash (--at-least-once allows it),"
                    + " and so does an offset that an operator set back");
        }
        return notes;
    }
}
