package io.github.sealwatcher.trail.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sealwatcher.trail.cover.Coverage;
import io.github.sealwatcher.trail.cover.HostCoverage;
import io.github.sealwatcher.trail.event.ContainerEvent;
import io.github.sealwatcher.trail.event.HostEvent;
import io.github.sealwatcher.trail.event.TrailRecord;
import io.github.sealwatcher.trail.event.Window;
import io.github.sealwatcher.trail.fold.LivesIn;
import io.github.sealwatcher.trail.sample.Recording;
import io.github.sealwatcher.trail.sample.SampleTrail;
import io.github.sealwatcher.trail.topic.JsonFormat;
import io.github.sealwatcher.trail.topic.RecordDecoder;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page, in a real browser where one is installed (Debian package chromium). With the system property
 * {@code report.screenshots} pictures of it go into that directory.
 */
class ReportTest {
    private static final long HOUR_NS = Duration.ofHours(1).toNanos();
    private static final long BEGIN_NS = 1_795_600_000_000_000_000L;
    private static final String READY = "document.documentElement.dataset.ready === 'true'";
    private static final String SPAN = "Number(timeline.dataset.to) - Number(timeline.dataset.from)"
            .replace("timeline", "document.getElementById('timeline')");
    /** A slow machine takes longer; a page that hangs takes minutes. */
    private static final double PATIENCE_MS = 1500;

    @TempDir
    private Path directory;

    @Test
    void noNameBecomesMarkup() throws IOException {
        StringWriter page = new StringWriter();
        new Report(new ReportData("<b>title</b></script>", "made", new Window(0, 1), List.of(), List.of())).write(page);
        assertThat(page.toString())
                .contains("<h1>&lt;b&gt;title&lt;/b&gt;&lt;/script&gt;</h1>")
                .doesNotContain("<b>title");
        assertThat(Html.text("a\u202eb\u0000c")).isEqualTo("a\ufffdb\ufffdc");
    }

    @Test
    void loadsNothingFromTheNetwork() throws IOException {
        try (Browser browser = browser()) {
            browser.open(page(sample(2, 40)), READY);
            assertThat(browser.evaluate("performance.getEntriesByType('resource').length")
                            .asInt())
                    .isZero();
            assertThat(browser.evaluate("document.querySelector('meta[http-equiv]').content")
                            .asText())
                    .startsWith("default-src 'none'");
        }
    }

    @Test
    void isSearchedZoomedAndOpened() throws IOException {
        try (Browser browser = browser()) {
            browser.open(page(sample(2, 40)), READY);
            double whole = browser.evaluate(SPAN).asDouble();

            browser.press("/");
            browser.type("backup");
            browser.waitFor("/^[0-9]+ lives$/.test(document.getElementById('found').textContent)");
            browser.press("Enter");
            browser.waitFor("document.getElementById('spoken').textContent.startsWith('backup')");

            browser.evaluate("document.getElementById('timeline').focus()");
            browser.press("+");
            browser.press("+");
            browser.waitFor(SPAN + " < " + whole / 3);
            browser.press("Enter");
            browser.waitFor("!document.getElementById('details').hidden");
            assertThat(browser.evaluate("document.getElementById('details').innerText")
                            .asText())
                    .contains("backup", "exit code", "edge-0", "registry.example/backup", "start live");
            browser.press("Escape");
            browser.waitFor("document.getElementById('details').hidden");
            browser.press("0");
            browser.waitFor(SPAN + " === " + whole);
        }
    }

    @Test
    void clickOpensALife() throws IOException {
        try (Browser browser = browser()) {
            browser.open(page(sample(1, 1)), READY);
            // The only life is in the last row, and is some minutes long.
            JsonNode place = browser.evaluate("""
                    (() => {
                      const timeline = document.getElementById('timeline');
                      const from = JSON.parse(document.getElementById('data').textContent).lives[0][5];
                      const [x, y] = echarts.getInstanceByDom(timeline)
                        .convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [from, Number(timeline.dataset.rows) - 1]);
                      const area = timeline.getBoundingClientRect();
                      return [area.left + x + 2, area.top + y];
                    })()""");
            browser.click(place.get(0).asDouble(), place.get(1).asDouble());
            browser.waitFor("!document.getElementById('details').hidden");
        }
    }

    @Test
    void isATableWithoutJavaScript() throws IOException {
        ReportData data = sample(2, 40);
        try (Browser browser = browser()) {
            browser.scripts(false);
            browser.open(page(data), "document.readyState === 'complete'");
            assertThat(browser.evaluate("getComputedStyle(document.getElementById('timeline')).display")
                            .asText())
                    .isEqualTo("none");
            assertThat(browser.evaluate("document.getElementById('lives').getBoundingClientRect().height")
                            .asDouble())
                    .isGreaterThan(300);
            assertThat(browser.evaluate("document.querySelectorAll('#lives tbody tr').length")
                            .asInt())
                    .isEqualTo(data.lives().size());
            shoot(browser, "table-without-javascript");
        }
    }

    @ParameterizedTest
    @CsvSource({"small, 2, 40, light", "small, 2, 40, dark", "large, 50, 5000, light", "large, 50, 5000, dark"})
    void rendersQuickly(String size, int hosts, int lives, String scheme) throws IOException {
        try (Browser browser = browser()) {
            browser.scheme(scheme);
            browser.open(page(sample(hosts, lives)), READY);
            shoot(browser, size + "-" + scheme);
            browser.evaluate("document.getElementById('open-all').click()");
            double perStep = browser.evaluate("""
                            (() => {
                              const steps = 10;
                              const began = performance.now();
                              for (let i = 0; i < steps; i++) document.getElementById(i % 2 ? 'zoom-out' : 'zoom-in').click();
                              return (performance.now() - began) / steps;
                            })()""").asDouble();
            System.out.printf("%s, %s: %.0f ms a zoom step with all rows open%n", size, scheme, perStep);
            assertThat(perStep).isLessThan(PATIENCE_MS);
            shoot(browser, size + "-" + scheme + "-open");
        }
    }

    private Browser browser() throws IOException {
        assumeThat(Browser.installed())
                .as("no Chromium on the path: install the Debian package chromium")
                .isPresent();
        return new Browser(Browser.installed().orElseThrow(), directory, 1440, 900);
    }

    private static void shoot(Browser browser, String name) throws IOException {
        String to = System.getProperty("report.screenshots", "");
        if (!to.isEmpty()) {
            browser.screenshot(Files.createDirectories(Path.of(to)).resolve(name + ".png"));
        }
    }

    private Path page(ReportData data) throws IOException {
        Path file = directory.resolve("report.html");
        try (Writer writer = Files.newBufferedWriter(file)) {
            new Report(data).write(writer);
        }
        return file;
    }

    private static ReportData sample(int hosts, int lives) {
        long lengthNs = lives > 100 ? 24 * HOUR_NS : 2 * HOUR_NS;
        Coverage coverage = new Coverage();
        LivesIn found = new LivesIn(new Window(Long.MIN_VALUE, Long.MAX_VALUE));
        RecordDecoder decoder = new RecordDecoder(new JsonFormat());
        new SampleTrail(hosts, lives, BEGIN_NS, lengthNs, 7).write(record -> {
            TrailRecord decoded = decoder.decode(record.kind(), record.at(Recording.topic(record.kind()), 0));
            if (decoded instanceof ContainerEvent event) {
                found.add(event);
            } else if (decoded instanceof HostEvent event) {
                coverage.add(event);
            }
        });
        Window window = new Window(BEGIN_NS, BEGIN_NS + lengthNs);
        List<HostCoverage> covered = coverage.until(window.toNs());
        return ReportData.of("Audit trail of a sample", "Made by a test.", window, covered, found.finish());
    }
}
