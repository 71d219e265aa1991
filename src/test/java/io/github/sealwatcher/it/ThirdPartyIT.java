package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** THIRD-PARTY.md against the jars that the plugin really contains. */
class ThirdPartyIT {

    private static final Path FOLDER = Path.of("target/plugin/kafka-connect-podman");
    private static final String OURS = "kafka-connect-podman";
    private static final Pattern ROW =
            Pattern.compile("^\\| `([^`]+)` \\| ([^|]+) \\| ([^|]+) \\|$", Pattern.MULTILINE);

    @Test
    void tableHasARowForEachJarAndNoOther() throws IOException {
        assertThat(table().keySet()).containsExactlyElementsOf(jars().keySet());
    }

    @Test
    void jarHoldsTheLicenseTextOfTheTable() throws IOException {
        Map<String, Path> jars = jars();
        for (var row : table().entrySet()) {
            if (row.getValue().startsWith("in the jar")) {
                try (var jar = new JarFile(jars.get(row.getKey()).toFile())) {
                    List<String> names = jar.stream().map(ZipEntry::getName).toList();
                    assertThat(names).as(row.getKey()).anyMatch(name -> name.startsWith("META-INF/LICENSE"));
                    if (row.getValue().contains("NOTICE")) {
                        assertThat(names).as(row.getKey()).contains("META-INF/NOTICE");
                    }
                }
            }
        }
    }

    @Test
    void zipAndJarBringLicenseAndNotice() throws IOException {
        List<Path> zips = list(Path.of("target"), "kafka-connect-podman-*.zip");
        assertThat(zips).hasSize(1);
        try (var zip = new ZipFile(zips.get(0).toFile())) {
            assertThat(zip.stream().map(entry -> entry.getName().replaceFirst("^[^/]+/", "")))
                    .contains("doc/LICENSE", "doc/NOTICE", "doc/THIRD-PARTY.md");
        }
        try (var jar = new JarFile(list(FOLDER, OURS + "-*.jar").get(0).toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName)).contains("META-INF/LICENSE", "META-INF/NOTICE");
        }
    }

    /** Where each jar's license text is, by the jar's name without its version. */
    private static Map<String, String> table() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("THIRD-PARTY.md")));
        while (row.find()) {
            rows.put(row.group(1), row.group(3));
        }
        return rows;
    }

    private static Map<String, Path> jars() throws IOException {
        Map<String, Path> jars = new TreeMap<>();
        for (Path jar : list(FOLDER, "*.jar")) {
            String name = jar.getFileName().toString().replaceFirst("-\\d[\\w.-]*\\.jar$", "");
            if (!name.equals(OURS)) {
                jars.put(name, jar);
            }
        }
        return jars;
    }

    private static List<Path> list(Path directory, String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            var matcher = directory.getFileSystem().getPathMatcher("glob:" + glob);
            files.filter(file -> matcher.matches(file.getFileName())).sorted().forEach(found::add);
        }
        return found;
    }
}
