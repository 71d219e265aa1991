package io.github.sealwatcher.engine.podman;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void controlCharactersBecomeBlanks() {
        assertThat(Excerpt.of("a\u202eb\u2028c\u2029d\u0085e\nf\u001b[31mg\u200bh\ufeffi\ue000j"))
                .isEqualTo("a b c d e f [31mg h i j");
    }

    @Test
    void printableTextIsUnchanged() {
        assertThat(Excerpt.of("größe 容器 😀 {\"a\":1}")).isEqualTo("größe 容器 😀 {\"a\":1}");
    }

    @Test
    void excerptIsBounded() {
        assertThat(Excerpt.of("x".repeat(1000))).isEqualTo("x".repeat(200) + "... (1000 characters)");
        byte[] bytes = "😀".repeat(1000).getBytes(StandardCharsets.UTF_8);
        assertThat(Excerpt.of(bytes, 0, bytes.length))
                .endsWith("... (4000 bytes)")
                .hasSizeLessThan(250);
    }
}
