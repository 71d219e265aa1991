package io.github.sealwatcher.trail.page;

import io.github.sealwatcher.trail.cover.BlindWindow;
import io.github.sealwatcher.trail.cover.HostCoverage;
import io.github.sealwatcher.trail.event.ContainerKey;
import io.github.sealwatcher.trail.fold.Life;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the page: a frame with its style, script, library, data, and the same data as a table. */
public final class Report {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

    /** In this order; they share one scope, so that nothing of it is global. */
    private static final List<String> SCRIPTS = List.of(
            "lives.js",
            "rows.js",
            "colours.js",
            "words.js",
            "shapes.js",
            "chart.js",
            "selection.js",
            "search.js",
            "controls.js");

    private final ReportData data;

    /** A part of the page that is too long to be made as a whole. */
    @FunctionalInterface
    private interface Part {
        void write(Writer out) throws IOException;
    }

    /** The page of that data. */
    public Report(ReportData data) {
        this.data = data;
    }

    /** Writes it all; the writer stays open. */
    public void write(Writer out) throws IOException {
        Map<String, Part> parts = Map.of(
                "title", part -> part.write(Html.text(data.title())),
                "span", part -> part.write(span()),
                "figures", this::figures,
                "style", part -> part.write(resource("report.css")),
                "blind", this::blind,
                "table", this::table,
                "footer", part -> part.write(Html.text(data.made())),
                "data", part -> new ReportJson(data).write(part),
                "library", part -> part.write(resource("echarts.min.js")),
                "script", Report::script);
        String frame = resource("report.html");
        Matcher place = PLACE.matcher(frame);
        int from = 0;
        while (place.find()) {
            out.write(frame, from, place.start() - from);
            Part part = parts.get(place.group(1));
            if (part == null) {
                throw new IllegalStateException("the frame asks for " + place.group());
            }
            part.write(out);
            from = place.end();
        }
        out.write(frame, from, frame.length() - from);
    }

    private static void script(Writer out) throws IOException {
        for (String script : SCRIPTS) {
            out.write(resource(script));
        }
    }

    private String span() {
        return Html.time(data.window().fromNs()) + " to "
                + Html.time(data.window().toNs()) + ", UTC";
    }

    private void figures(Writer out) throws IOException {
        long failed = data.lives().stream()
                .filter(life -> Ending.of(life) == Ending.BAD)
                .count();
        long alive = data.lives().stream().filter(Life::isAlive).count();
        long blind = data.hosts().stream()
                .flatMap(host -> host.windows().stream())
                .filter(window -> window.kind().isBlind())
                .count();
        figure(out, Integer.toString(data.hostNames().size()), "hosts");
        figure(out, Integer.toString(data.lives().size()), "lives");
        figure(out, Long.toString(alive), "alive at the end");
        figure(out, Long.toString(failed), "ended with another exit code than 0");
        figure(out, Long.toString(blind), "blind windows");
        data.hosts().stream()
                .mapToDouble(HostCoverage::covered)
                .min()
                .ifPresent(least -> write(out, Html.percent(least), "covered, of the host least covered"));
    }

    private static void write(Writer out, String number, String what) {
        try {
            figure(out, number, what);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void figure(Writer out, String number, String what) throws IOException {
        out.write("    <li><span>" + Html.text(what) + "</span><b>" + Html.text(number) + "</b></li>\n");
    }

    private void blind(Writer out) throws IOException {
        out.write("<table id=\"windows\"><caption>Windows in which a host was not, or not wholly, seen</caption>\n");
        out.write("<thead><tr><th scope=\"col\">Host</th><th scope=\"col\">What</th><th scope=\"col\">From</th>"
                + "<th scope=\"col\">To</th><th scope=\"col\">Reason</th></tr></thead>\n<tbody>\n");
        for (HostCoverage host : data.hosts()) {
            for (BlindWindow window : host.windows()) {
                out.write("<tr><td>" + Html.text(window.host()) + "</td><td>"
                        + window.kind().word() + "</td><td class=\"time\">"
                        + Html.time(window.window().fromNs()) + "</td><td class=\"time\">"
                        + Html.time(window.window().toNs()) + "</td><td>" + Html.text(window.reason())
                        + "</td></tr>\n");
            }
        }
        out.write("</tbody></table>\n");
    }

    private void table(Writer out) throws IOException {
        out.write("<table id=\"lives\"><caption>Lives</caption>\n");
        out.write(
                "<thead><tr><th scope=\"col\">Host</th><th scope=\"col\">Pod</th><th scope=\"col\">Container</th>"
                        + "<th scope=\"col\">Id</th><th scope=\"col\">Started</th><th scope=\"col\">Ended</th>"
                        + "<th scope=\"col\">Length</th><th scope=\"col\">End</th><th scope=\"col\">Image</th></tr></thead>\n<tbody>\n");
        for (Life life : data.lives()) {
            row(out, life);
        }
        out.write("</tbody></table>\n");
    }

    private static void row(Writer out, Life life) throws IOException {
        Ending ending = Ending.of(life);
        ContainerKey key = life.key();
        String image = life.facts().image();
        out.write("<tr><td>" + Html.text(key.host()) + "</td><td>"
                + (life.pod() == null ? "" : Html.text(life.pod().label())) + "</td><td>" + Html.text(life.name())
                + "</td><td class=\"id\"><code>" + Html.text(key.shortId()) + "</code></td><td class=\"time\">"
                + Html.time(life.fromNs()) + "</td><td class=\"time\">"
                + (life.isAlive() ? "" : Html.time(life.toNs())) + "</td><td class=\"time\">"
                + (life.isAlive() ? "" : Html.seconds(life.toNs() - life.fromNs())) + "</td><td class=\"code "
                + ending.word() + "\">" + Html.text(ending.text(life)) + "</td><td>"
                + Html.text(image == null ? "" : image) + "</td></tr>\n");
    }

    private static String resource(String name) {
        try (InputStream in = Report.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing: the jar is broken, build it again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
