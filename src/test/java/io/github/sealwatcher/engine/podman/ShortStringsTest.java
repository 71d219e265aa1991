package io.github.sealwatcher.engine.podman;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortStringsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":\"1234\",\"b\":12345678}     | {\"a\":\"1234\",\"b\":12345678}",
                "{\"a\":\"123456\",\"b\":\"x\"}      | {\"a\":\"1234\",\"b\":\"x\"}",
                "{\"123456\":[\"\",\"123456\"]}      | {\"1234\":[\"\",\"1234\"]}",
                "[\"12\\\"4\\\"67\",\"\\\\\"]         | [\"12\\\"\",\"\\\\\"]",
                "[\"123\\u00e456\",\"\\u00e4\"]      | [\"123\\u00e4\",\"\\u00e4\"]",
                "[\"123ää\",\"ä\"]                  | [\"123ä\",\"ä\"]",
            })
    void onlyLongStringsAreShortened(String document, String expected) throws IOException {
        for (int piece = 1; piece <= 7; piece++) {
            assertThat(new String(read(document, piece), StandardCharsets.UTF_8))
                    .isEqualTo(expected);
        }
    }

    @Test
    void shortenedTextIsStillJson() throws IOException {
        String document = "[\"\\ud83d\\ude00\\\\\\\"😀é\\n\\/x\"]";
        for (int max = 0; max < 40; max++) {
            InputStream in = new ShortStrings(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)), max);
            assertThat(Json.MAPPER.readTree(in).get(0).isTextual()).isTrue();
        }
    }

    private static byte[] read(String document, int piece) throws IOException {
        InputStream in = new ShortStrings(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)), 4);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] bytes = new byte[piece];
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
            assertThat(read).isPositive();
            all.write(bytes, 0, read);
        }
        return all.toByteArray();
    }
}
