package io.github.sealwatcher.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.connect.config.ConfigKeys;
import io.github.sealwatcher.connect.config.UnknownKeys;
import io.github.sealwatcher.transport.SshKeyring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigValidationTest {

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "podman.hosts               | a=ftp://x:1            | expected unix:///path",
                "podman.hosts               | a=/run/podman.sock     | expected unix:///path",
                "podman.hosts               | a=tcp://x              | found \"tcp://x\", which has no port",
                "podman.hosts               | a=tcp://x:0            | found \"tcp://x:0\", whose port isn't 1 to 65535",
                "podman.hosts               | a=ssh://me:pa/ss@h     | found \"ssh://h\", whose host or port can't be one",
                "podman.hosts               | a=ssh://me:pa,ss@h     | found \"ssh://me:...\", whose host or port can't be one",
                "podman.hosts               | a=unix:///x,a=unix:///y | host names must be unique, found \"a\" for unix:///x and for unix:///y",
                "podman.hosts               | unix:///x,unix:///y    | give each its own, as name=uri",
                "podman.hosts               | a b=unix:///x          | found \"a b\"",
                "podman.hosts               | =unix:///x             | found \"\"",
                "podman.host.b.engine.pid   | 7                      | no host of that name; podman.hosts has a",
                "podman.host.a.b.engine.pid | 7                      | no host of that name; podman.hosts has a",
                "podman.host.b.retry.backof.ms | 9                   | did you mean retry.backoff.ms?",
                "podman.host.a.retry.backoff.max.ms | 5              | expected at least retry.backoff.ms (500), found 5",
                "podman.host.a.retry.backoff.ms | 60000              | retry.backoff.max.ms: expected at least retry.backoff.ms (60000), found 30000",
                "podman.host.a.engine.pid   | -7                     | expected auto or a positive number, found \"-7\"",
                "podman.host.a.topic.prefix | x                      | can be set for a single host",
                "podman.host.a.retry.backof.ms | 9                   | did you mean retry.backoff.ms?",
                "podman.hosts.file          | /nowhere/hosts         | found none at /nowhere/hosts",
                "podman.hosts.file          | /dev/null              | expected a regular file, found a device, pipe or socket",
                "podman.hosts.file          | /proc/self/environ     | expected one name=uri a line, found no host in /proc/self/environ",
                "podman.hosts.file          | /dev/zero              | can't be read: expected a regular file, found a device, pipe or socket, or a file that may not be looked at: /dev/zero",
                "podman.hosts.file.poll.ms  | 1                      | at least 100",
                "podman.hots                | unix:///x              | did you mean podman.hosts?",
                "podman.topic.prefix        | x                      | did you mean topic.prefix?",
                "engine.pid                 | me                     | expected auto or a positive number, found \"me\"",
                "containers.name.include    | web(                   | expected a regular expression (RE2 syntax), found \"web(\"",
                "containers.name.include    | (a)\\1                 | back references, look-ahead, look-behind and possessive quantifiers aren't available",
                "containers.name.exclude    | *                      | expected a regular expression (RE2 syntax), found \"*\"",
                "containers.label.include   | a,=b                   | expected key or key=value, found \"=b\"",
                "inspect.include            | Config/Hostname        | expected a JSON Pointer such as /Config/Hostname",
                "inspect.include            | /a~2b                  | found \"/a~2b\"",
                "events.include             | start,a b              | found \"a b\"",
                "events.include             | START,Die              | found \"START\"; did you mean start?",
                "events.include             | start,Die              | found \"Die\"; did you mean die?",
                "events.include             | strat                  | found \"strat\"; did you mean start?",
                "events.include             | died                   | found \"died\"; did you mean die?",
                "events.include             | stop                   | found \"stop\"; did you mean die?",
                "resync.intervall.ms        | 5                      | unknown configuration key; did you mean resync.interval.ms?",
                "ssh.identiy                | /x                     | unknown configuration key; did you mean ssh.identity?",
                "max.queue.size             | 100                    | expected at least max.batch.size (2048), found 100",
                "record.max.bytes           | 0                      | at least 1",
                "ssl.endpoint.identification.algorithm | nope        | expected https, or empty to leave host names unchecked, found \"nope\"",
                "ssh.known.hosts            | /dev/null              | found a device, pipe or socket: /dev/null",
                "topic.prefix               | pod man                | found \"pod man\"",
                "snapshot.mode              | never                  | initial, always, no_data",
                "on.history.gap             | ignore                 | reconcile, fail",
                "retry.max.elapsed.ms       | -2                     | at least -1",
                "retry.backoff.max.ms       | 5                      | expected at least retry.backoff.ms (500), found 5",
                "resync.interval.ms         | 0                      | at least 100",
                "request.timeout.ms         | soon                   | soon",
                "max.batch.size             | 0                      | at least 1",
                "connection.validate        | maybe                  | maybe",
                "ssh.identity               | /no/such/key           | expected a file that the worker can read, found none that it can see: /no/such/key",
                "ssh.known.hosts            | /                      | found a folder: /",
                "podman.host.a.ssh.identity | /no/such/key           | expected a file that the worker can read",
                "ssl.keystore.location      | /no/such/store         | expected a file that the worker can read",
                "ssl.truststore.location    | /no/such/store         | expected a file that the worker can read",
                "ssh.strict.host.key.checking | maybe                | maybe",
            })
    void reportsABadValueOnItsKeyWithExpectedAndFound(String key, String value, String said) {
        Map<String, String> properties = new HashMap<>(Map.of("podman.hosts", "a=unix:///x"));
        properties.put(key, value);

        Map<String, List<String>> errors = errors(properties);

        assertThat(errors).containsOnlyKeys(key);
        assertThat(errors.get(key)).singleElement().asString().contains(said);
    }

    @Test
    void longPointersAreRejectedQuickly() {
        assertThat(errors(Map.of("podman.hosts", "a=unix:///x", "inspect.include", "/a".repeat(50_000)))
                        .get("inspect.include"))
                .singleElement()
                .asString()
                .contains("of at most 1000 characters", "... (100000 characters)");
    }

    @Test
    void keysOfAHostMissingFromTheInventoryAreAccepted(@TempDir Path folder) throws IOException {
        Path inventory = Files.writeString(folder.resolve("inventory"), "a=unix:///a\n");
        Map<String, String> properties = new HashMap<>(Map.of(
                "podman.hosts.file", inventory.toString(),
                "podman.host.b.ping.interval.ms", "1000",
                "podman.host.a.b.engine.pid", "7"));
        assertThat(errors(properties)).isEmpty();
        properties.put("podman.host.b.ping.interval.ms", "never");
        properties.put("podman.host.b.png.interval.ms", "7");
        assertThat(errors(properties))
                .containsOnlyKeys("podman.host.b.ping.interval.ms", "podman.host.b.png.interval.ms");
        assertThat(errors(properties).get("podman.host.b.png.interval.ms"))
                .containsExactly("no key of that name can be set for a single host; did you mean ping.interval.ms?");
    }

    @Test
    void neverRepeatsAPassword() {
        assertThat(errors(Map.of("podman.hosts", "a=https://me:sesame@x/")).toString())
                .contains("podman.hosts")
                .doesNotContain("sesame");
    }

    @Test
    void acceptsADefaultForEveryKey() {
        assertThat(errors(Map.of())).isEmpty();
    }

    @Test
    void ignoresConnectKeysAndWarnsAboutNearMisses() {
        Map<String, String> properties = Map.of(
                "name", "x",
                "tasks.max", "3",
                "transforms.a.type", "t",
                "key.converter.schemas.enable", "false",
                "topic.creation.groups", "g",
                "exactly.once.support", "required",
                "transaction.boundary.interval.ms", "5",
                "topics.prefix", "x",
                "something.else", "y");

        assertThat(errors(properties)).containsOnlyKeys("topics.prefix");
        assertThat(UnknownKeys.nearMisses(properties, Samples.machine()))
                .containsExactly(Map.entry("topics.prefix", "topic.prefix"));
    }

    @Test
    void documentsEveryKey() {
        ConfigDef definition = ConfigKeys.definition(Samples.machine());
        List<String> orders = new ArrayList<>();
        for (ConfigDef.ConfigKey key : definition.configKeys().values()) {
            assertThat(key.documentation).as(key.name).endsWith(".").hasSizeGreaterThan(40);
            assertThat(key.group).as(key.name).isNotBlank();
            assertThat(key.displayName).as(key.name).isNotBlank().isNotEqualTo(key.name);
            assertThat(key.validator).as(key.name).isNotNull();
            assertThat(key.hasDefault()).as(key.name).isTrue();
            assertThat(key.width).as(key.name).isNotEqualTo(ConfigDef.Width.NONE);
            orders.add(key.group + key.orderInGroup);
        }
        assertThat(orders).doesNotHaveDuplicates();
        assertThat(definition.toHtml()).contains("podman.hosts");
    }

    @Test
    void hidesWhatDoesNotApply() {
        String everywhere = "a=unix:///x,b=ssh://h/x,c=https://h:1";
        assertThat(hidden(Map.of("podman.hosts.file", "/f"))).isEmpty();
        assertThat(hidden(Map.of("podman.hosts", everywhere))).containsExactly("podman.hosts.file.poll.ms");
        assertThat(hidden(Map.of("podman.hosts", everywhere, "inspect.enabled", "false", "retry.max.elapsed.ms", "0")))
                .containsExactlyInAnyOrder(
                        "podman.hosts.file.poll.ms", "inspect.include", "retry.backoff.ms", "retry.backoff.max.ms");
        assertThat(hidden(Map.of())).allMatch(key -> key.matches("(ssh|ssl)\\..*|podman.hosts.file.poll.ms"));
        assertThat(hidden(Map.of()))
                .contains("ssh.identity", "ssh.strict.host.key.checking", "ssl.keystore.key", "ssl.protocol");
        assertThat(hidden(Map.of("podman.hosts", "tcp+tls://h:1")))
                .contains("ssh.identity")
                .noneMatch(key -> key.startsWith("ssl."));
        assertThat(hidden(Map.of("podman.hosts", "ssh://h")))
                .contains("ssl.keystore.key")
                .noneMatch(key -> key.startsWith("ssh."));
    }

    @Test
    void offersTheChoices() {
        assertThat(validate(Map.of()).stream()
                        .filter(value -> value.name().equals("snapshot.mode"))
                        .findFirst()
                        .orElseThrow()
                        .recommendedValues())
                .containsExactly("initial", "always", "no_data");
    }

    private static List<String> hidden(Map<String, String> properties) {
        return validate(properties).stream()
                .filter(value -> !value.visible())
                .map(ConfigValue::name)
                .toList();
    }

    private static Map<String, List<String>> errors(Map<String, String> properties) {
        Map<String, List<String>> errors = new HashMap<>();
        for (ConfigValue value : validate(properties)) {
            if (!value.errorMessages().isEmpty()) {
                errors.put(value.name(), value.errorMessages());
            }
        }
        return errors;
    }

    private static List<ConfigValue> validate(Map<String, String> properties) {
        var probe = new HostProbe(
                (host, described, metrics) -> new ScriptedEngine(() -> Samples.ENGINE), Duration.ofSeconds(5));
        return new Validation(Samples.machine(), probe, new SshKeyring()).validate(properties);
    }
}
