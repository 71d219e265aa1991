package io.github.sealwatcher.connect.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {

    @ParameterizedTest
    @CsvSource({
        "^web, web-1, true",
        "^web, my-web, false",
        "web, my-web-1, true",
        "^(web|api)(-[a-z0-9]+)*$, api-a-1, true",
        "^(web|api)(-[a-z0-9]+)*$, api_a, false",
        "(?i)WEB$, my-web, true",
        "^c[0-9]{2}$, c07, true",
        "\\d+, x7, true"
    })
    void findsMatches(String expression, String name, boolean found) {
        assertThat(NamePattern.compiled(expression).found().test(name)).isEqualTo(found);
    }

    /** By the JDK's engine the first overflows the stack at 12,003 characters and the second never ends at 56. */
    @ParameterizedTest
    @ValueSource(
            strings = {"^(web|api)(-[a-z0-9]+)*$", "(.*a){25}$", "^(a+)+$", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$"})
    @Timeout(20)
    void hostileNamesTakeLinearTime(String expression) {
        assertThat(NamePattern.compiled(expression).found().test("web" + "-a".repeat(6_000) + "!"))
                .isFalse();
        assertThat(NamePattern.compiled(expression).found().test("a".repeat(56) + "!"))
                .isFalse();
        assertThat(NamePattern.compiled(expression).found().test("x".repeat(100_000)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a)\\1", "(?=a)b", "(?!a)b", "(?<=a)b", "a++", "(?>a)b"})
    void nonLinearPatternsAreRejected(String expression) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamePattern.compiled(expression))
                .withMessageStartingWith("expected a regular expression (RE2 syntax), found \"" + expression + "\": ")
                .withMessageEndingWith("; back references, look-ahead, look-behind and possessive quantifiers aren't"
                        + " available, because they can't be matched in linear time");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{100}){100}){100}",
                "(((((((a{10}){10}){10}){10}){10}){10}){10}){10}",
                "(.*a){1000}(.*b){1000}(.*c){1000}",
                "([a-z]{1000}\\d{1000}){3}",
                "((((ab?c+[x]]*)){500,}){1,1000})"
            })
    @Timeout(10)
    void patternsThatCompileTooLargeAreRejected(String expression) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamePattern.compiled(expression))
                .withMessage("expected a regular expression (RE2 syntax), found \"" + expression
                        + "\": its repetitions or groups are too many to be matched in good time");
    }

    /** RE2/J would look for the other cases of U+1C80 for as long as the worker lives. */
    @ParameterizedTest
    @ValueSource(strings = {"(?i)\u1c80", "(?i)[\\x{1c80}]", "(?s-U:x)(?mi)[B-\uffff]", "(?i)\\Q\u1c88\\E"})
    @Timeout(10)
    void charactersBeyondAsciiNeedTheirCase(String expression) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamePattern.compiled(expression))
                .withMessageEndingWith(
                        "characters beyond ASCII can't be matched without regard to case; leave out them or" + " (?i)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?i)[^k]{20}",
                "(?i)[\\pL\\PN]",
                "(?i)\\p{Cyrillic}[^\\p{Greek}]",
                "(?i)[[:^alpha:]]",
                "(?i)[\\x00-\\xff]",
                "[B-\\x{1e942}]\u1c80"
            })
    @Timeout(10)
    void caselessCharactersCompile(String expression) {
        assertThat(NamePattern.compiled(expression).found().test("\u1c80")).isIn(true, false);
    }

    @Test
    void deepOrLongPatternsAreRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamePattern.compiled("(".repeat(400) + "a" + ")".repeat(400)))
                .withMessageContaining("... (801 characters)\": its repetitions or groups are too many");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamePattern.compiled("a".repeat(100_000)))
                .withMessageContaining("... (100000 characters)\": it has more than 1000 characters");
    }
}
