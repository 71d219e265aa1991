package io.github.sealwatcher.trail;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.trail.event.Place;
import io.github.sealwatcher.trail.rule.Finding;
import io.github.sealwatcher.trail.sample.Recording;
import io.github.sealwatcher.trail.sample.SampleRecord;
import io.github.sealwatcher.trail.sample.Spoil;
import io.github.sealwatcher.trail.sample.Spoil.Spoiled;
import io.github.sealwatcher.trail.topic.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The topics of a real chaos run keep all rules; spoiled copies of them don't, and what is spoiled is named. */
class SpoiledTrailTest {
    private static final List<SampleRecord> WHOLE = Recording.read();

    @Test
    void completeTrailHasNoFindings() {
        assertThat(WHOLE).hasSizeGreaterThan(300);
        assertThat(Recording.audit(WHOLE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void corruptedCopyIsReportedWithTopicAndOffset(Spoil spoil) {
        Spoiled spoiled = spoil.apply(WHOLE);
        Place place = new Place(Recording.topic(spoiled.kind()), 0, spoiled.at());
        assertThat(Recording.audit(spoiled.records()))
                .as("%s: %s", spoil, spoiled.what())
                .anySatisfy(finding -> {
                    assertThat(finding.rule()).isEqualTo(spoil.rule());
                    assertThat(finding.place()).isEqualTo(place);
                });
    }

    /** Of events that count for who is alive: each one that is taken away alone is missed. */
    @Test
    void everyDroppedStartOrDieIsFound() {
        List<SampleRecord> unnoticed = new ArrayList<>();
        List<Integer> turns = IntStream.range(0, WHOLE.size())
                .filter(i -> WHOLE.get(i).kind() == Kind.EVENTS
                        && List.of("start", "die")
                                .contains(WHOLE.get(i).headers().get("podman.event.type")))
                .boxed()
                .toList();
        // Some of them, spread over the run: a long recording has thousands.
        int step = Math.max(1, turns.size() / 200);
        for (int i = 0; i < turns.size(); i += step) {
            List<SampleRecord> copy = new ArrayList<>(WHOLE);
            SampleRecord dropped = copy.remove((int) turns.get(i));
            List<Finding> findings = Recording.audit(copy);
            if (findings.isEmpty()) {
                unnoticed.add(dropped);
            }
        }
        assertThat(unnoticed).isEmpty();
    }
}
