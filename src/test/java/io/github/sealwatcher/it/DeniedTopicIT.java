package io.github.sealwatcher.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sealwatcher.fleet.HostServer;
import io.github.sealwatcher.fleet.ScriptedHost;
import io.github.sealwatcher.testkit.EmbeddedConnect;
import io.github.sealwatcher.testkit.EmbeddedKafka;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The worker may not write to one of the topics. */
@Timeout(180)
class DeniedTopicIT {

    private static final String DENIED = "__podman-heartbeat.denied";

    @Test
    void taskFailsNamingTheTopicAndAnotherPrefixHelps() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.started(Map.of(
                        "authorizer.class.name",
                        "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                        "allow.everyone.if.no.acl.found",
                        "true"));
                EmbeddedConnect connect = EmbeddedConnect.started(kafka.bootstrapServers(), Stage.PLUGINS);
                HostServer hosts = HostServer.start("denied-", 2);
                TopicLog log = new TopicLog(kafka.bootstrapServers(), "denied")) {
            deny(kafka, DENIED);
            Map<String, String> config = new HashMap<>();
            config.put(
                    "podman.hosts",
                    hosts.hosts().stream().map(ScriptedHost::entry).collect(Collectors.joining(",")));
            config.put("topic.prefix", "denied");
            config.put("heartbeat.interval.ms", "1000");

            Stage.createConnector(connect.rest(), "denied", config);
            Stage.awaitTask(connect.rest(), "denied", "FAILED");

            assertThat(connect.rest().status("denied").at("/tasks/0/trace").asText())
                    .contains("Not authorized to", DENIED);

            Map<String, String> other = new HashMap<>();
            connect.rest()
                    .config("denied")
                    .properties()
                    .forEach(entry -> other.put(entry.getKey(), entry.getValue().asText()));
            other.put("heartbeat.topic.prefix", "allowed");
            connect.rest().configure("denied", other);
            connect.rest().restart("denied");
            log.await(
                    "both hosts",
                    () -> assertThat(log.hostEventTypes())
                            .filteredOn("synchronized"::equals)
                            .hasSizeGreaterThanOrEqualTo(2));
            Stage.awaitState(connect.rest(), "denied", "RUNNING");
        }
    }

    private static void deny(EmbeddedKafka kafka, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createAcls(List.of(new AclBinding(
                            new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                            new AccessControlEntry("User:ANONYMOUS", "*", AclOperation.WRITE, AclPermissionType.DENY))))
                    .all()
                    .get();
        }
    }
}
