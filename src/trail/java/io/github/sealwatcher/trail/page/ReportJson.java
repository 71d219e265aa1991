package io.github.sealwatcher.trail.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.github.sealwatcher.trail.cover.BlindWindow;
import io.github.sealwatcher.trail.cover.HostCoverage;
import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.Pod;
import io.github.sealwatcher.trail.event.Window;
import io.github.sealwatcher.trail.fold.Life;
import java.io.IOException;
import java.io.Serial;
import java.io.Writer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the page's script draws. Lives are arrays: thousands of them name their fields once, in the script. */
final class ReportJson {
    private static final double NANOS_OF_MILLI = 1e6;

    private final ReportData data;
    private final Map<String, Integer> hosts = new HashMap<>();
    private final Map<String, Integer> pods = new LinkedHashMap<>();
    private final Map<String, Pod> podsById = new HashMap<>();

    ReportJson(ReportData data) {
        this.data = data;
        data.hostNames().forEach(name -> hosts.put(name, hosts.size()));
        for (Life life : data.lives()) {
            Pod pod = life.pod();
            if (pod != null) {
                podsById.put(pod.id(), pod);
                pods.putIfAbsent(pod.id(), pods.size());
            }
        }
    }

    void write(Writer writer) throws IOException {
        JsonFactory factory = JsonFactory.builder()
                .configure(JsonWriteFeature.ESCAPE_NON_ASCII, true)
                .build();
        try (JsonGenerator json = factory.createGenerator(writer)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setCharacterEscapes(new NoTags());
            json.writeStartObject();
            json.writeFieldName("from");
            time(json, data.window().fromNs());
            json.writeFieldName("to");
            time(json, data.window().toNs());
            hosts(json);
            json.writeArrayFieldStart("pods");
            for (String id : pods.keySet()) {
                Pod pod = podsById.getOrDefault(id, new Pod(id, ""));
                json.writeStartObject();
                json.writeStringField("id", pod.id());
                json.writeStringField("name", pod.name());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("lives");
            for (Life life : data.lives()) {
                life(json, life);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private void hosts(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("hosts");
        for (String name : data.hostNames()) {
            List<BlindWindow> windows = data.hosts().stream()
                    .filter(host -> host.host().equals(name))
                    .map(HostCoverage::windows)
                    .findFirst()
                    .orElse(List.of());
            json.writeStartObject();
            json.writeStringField("name", name);
            json.writeArrayFieldStart("windows");
            for (BlindWindow window : windows) {
                if (window.window().meets(data.window())) {
                    window(json, window);
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void window(JsonGenerator json, BlindWindow window) throws IOException {
        json.writeStartArray();
        json.writeString(window.kind().word());
        time(json, window.window().fromNs());
        time(json, window.window().toNs());
        json.writeString(window.reason());
        json.writeBoolean(window.kind().isBlind());
        json.writeEndArray();
    }

    /** In the order in which the script takes them apart. */
    private void life(JsonGenerator json, Life life) throws IOException {
        json.writeStartArray();
        json.writeNumber(hosts.getOrDefault(life.key().host(), 0));
        Pod pod = life.pod();
        json.writeNumber(pod == null ? -1 : pods.getOrDefault(pod.id(), -1));
        json.writeString(life.name());
        json.writeString(life.key().id());
        json.writeString(life.facts().image() == null ? "" : life.facts().image());
        time(json, life.fromNs());
        timeOrNull(json, life.toNs());
        json.writeString(Ending.of(life).word());
        Integer exitCode = life.exitCode();
        if (exitCode == null) {
            json.writeNull();
        } else {
            json.writeNumber(exitCode);
        }
        json.writeString(known("start", life.start()) + (life.isAlive() ? "" : ", " + known("end", life.end())));
        json.writeStartArray();
        for (Window pause : life.pauses()) {
            json.writeStartArray();
            time(json, pause.fromNs());
            timeOrNull(json, pause.toNs());
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndArray();
    }

    private static String known(String what, @Nullable ContainerEvent event) {
        return event == null
                ? what + " not in the trail"
                : what + " " + event.originWord() + " (" + event.place() + ")";
    }

    private static void timeOrNull(JsonGenerator json, long timeNs) throws IOException {
        if (timeNs == Long.MAX_VALUE) {
            json.writeNull();
        } else {
            time(json, timeNs);
        }
    }

    /** The script's numbers are milliseconds. */
    private static void time(JsonGenerator json, long timeNs) throws IOException {
        json.writeNumber(Math.round(timeNs / NANOS_OF_MILLI));
    }

    /** A name that ends the script element would make the rest of it markup. */
    private static final class NoTags extends CharacterEscapes {
        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            codes['<'] = ESCAPE_STANDARD;
            codes['>'] = ESCAPE_STANDARD;
            codes['&'] = ESCAPE_STANDARD;
            return codes;
        }

        @Override
        public SerializableString getEscapeSequence(int character) {
            return new SerializedString("");
        }
    }
}
