package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The two forms of the plugin that the build leaves in target: the folder and the zip. */
class PluginPackageIT {

    private static final Path FOLDER = Path.of("target/plugin/kafka-connect-podman");

    private static String version = "";

    @BeforeAll
    static void readVersion() throws IOException {
        var properties = new Properties();
        try (InputStream in =
                Files.newInputStream(Path.of("target/classes/io/github/sealwatcher/connect/version.properties"))) {
            properties.load(in);
        }
        version = properties.getProperty("version");
        assertThat(version).as("version.properties is filtered").matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }

    @Test
    void folderIsAPlainFolderOfJarsWithOurs() throws IOException {
        assertThat(fileNames())
                .contains("kafka-connect-podman-" + version + ".jar")
                .allMatch(name -> name.endsWith(".jar"))
                .doesNotHaveDuplicates();
    }

    @Test
    void noJarBringsWhatTheWorkerProvides() throws IOException {
        for (String name : fileNames()) {
            try (var jar = new JarFile(FOLDER.resolve(name).toFile())) {
                assertThat(jar.stream().map(ZipEntry::getName))
                        .as("Connect loads Kafka and slf4j from the worker only; found a copy in %s", name)
                        .noneMatch(entry -> entry.matches("(META-INF/versions/\\d+/)?org/(apache/kafka|slf4j)/.*"));
            }
        }
    }

    @Test
    void zipHasTheSameJarsAndAFilledInManifest() throws IOException {
        String top = "sealwatcher-kafka-connect-podman-" + version + "/";
        try (var zip = new ZipFile("target/kafka-connect-podman-" + version + ".zip")) {
            List<String> entries = zip.stream().map(ZipEntry::getName).toList();
            assertThat(entries).allMatch(entry -> entry.startsWith(top));
            assertThat(entries).contains(top + "doc/LICENSE", top + "doc/CHANGELOG.md");
            assertThat(entries.stream()
                            .filter(entry -> entry.startsWith(top + "lib/") && !entry.endsWith("/"))
                            .map(entry -> entry.substring((top + "lib/").length())))
                    .containsExactlyInAnyOrderElementsOf(fileNames());

            String manifest = read(zip, top + "manifest.json");
            assertThat(manifest).contains("\"version\": \"" + version + "\"").doesNotContain("${");
            assertThat(manifest).containsPattern("\"release_date\": \"\\d{4}-\\d{2}-\\d{2}\"");
            assertThat(manifest).contains("\"logo\": \"assets/logo.png\"");
            assertThat(entries).contains(top + "assets/logo.png");
        }
    }

    /** Whatever umask the build had: equal sources give equal bytes. */
    @Test
    void fileModesDoNotDependOnTheBuilder() throws IOException {
        for (String archive : List.of(
                "kafka-connect-podman-" + version + ".jar",
                "kafka-connect-podman-" + version + ".zip",
                "podman-trail.jar")) {
            try (FileSystem zip = FileSystems.newFileSystem(
                            Path.of("target", archive), Map.of("enablePosixFileAttributes", true));
                    Stream<Path> files = Files.walk(zip.getPath("/"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as("%s in %s", file, archive)
                            .isEqualTo("rw-r--r--");
                }
            }
        }
    }

    private static List<String> fileNames() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String read(ZipFile zip, String entry) {
        try (InputStream in = zip.getInputStream(zip.getEntry(entry))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
