package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What the command says of pages that the server answered, where a recorder in good order answers none such.
class ReplayCommandTest {
    private static JsonNode page(String items) {
        return ApiClient.JSON.readTree(
                "{\"same\":3,\"items\":[%s],\"more\":false}".formatted(items));
    }

    private static String item(String kind) {
        return "{\"entry\":7,\"time\":\"2026-11-29T12:00:00Z\",\"kind\":\"%s\"}".formatted(kind);
    }

    private static ReplayTold told(String... items) {
        var told = new ReplayTold();
        told.add(page(String.join(",", items)), time -> time);
        return told;
    }

    @Test
    void all_the_same_is_one_line_and_well() {
        var told = told();

        assertThat(told.lines()).isEmpty();
        assertThat(told.holds()).isTrue();
        assertThat(told.sum())
                .isEqualTo(
                        "3 decided again, 3 the same, 0 different, 0 changed or gone, 0 not decidable");
    }

    @Test
    void what_comes_out_otherwise_is_told_with_both() {
        var told =
                told(
                        "{\"entry\":7,\"time\":\"2026-11-29T12:00:00Z\",\"kind\":\"different\",\"then\":\"allowed\",\"now\":\"too-old\"}");

        assertThat(told.lines())
                .containsExactly("entry 7 of 2026-11-29T12:00:00Z: allowed then, too-old now");
        assertThat(told.holds()).isFalse();
        assertThat(told.sum()).startsWith("4 decided again, 3 the same, 1 different");
    }

    @Test
    void what_was_changed_or_is_gone_is_told_and_not_well() {
        for (var kind :
                List.of("policy-changed", "policy-missing", "request-changed", "request-missing")) {
            var told = told(item(kind));

            assertThat(told.lines()).singleElement().asString().startsWith("entry 7 of 2026-11-29");
            assertThat(told.holds()).isFalse();
            assertThat(told.sum()).contains("3 the same, 0 different, 1 changed or gone, 0 not");
        }
    }

    @Test
    void what_cannot_be_decided_any_more_is_counted_with_why_and_is_nobodys_fault() {
        var told = told(item("expired"), item("before"), item("before"), item("unknown"));

        assertThat(told.lines()).isEmpty();
        assertThat(told.holds()).isTrue();
        assertThat(told.sum())
                .endsWith(
                        "4 not decidable (1: the key of the person's month is gone; 2: made before decisions"
                                + " were kept; 1: names something that this version does not know)");
    }

    /// A server that is newer than this command line.
    @Test
    void a_kind_that_is_not_known_is_told_by_its_word_and_not_well() {
        var told = told(item("forged"));

        assertThat(told.lines()).containsExactly("entry 7 of 2026-11-29T12:00:00Z: forged");
        assertThat(told.holds()).isFalse();
    }

    @Test
    void one_that_breaks_off_says_how_it_goes_on() {
        assertThat(told().brokenOff(Map.of("person", "7a0c"), 41))
                .isEqualTo(
                        "3 decided again, 3 the same, 0 different, 0 changed or gone, 0 not decidable,"
                                + " down to entry 41. To go on: custodes replay --before 41 --person 7a0c");
    }

    /// It proves nothing of its own: the server's own next step is for browsers.
    @Test
    void a_proof_that_is_too_old_is_got_by_pairing_anew() {
        var refused =
                new ApiException(
                        403,
                        ApiClient.JSON.readTree(
                                "{\"key\":\"problem.proof-too-old\",\"detail\":\"This needs a fresh proof.\",\"next\":\"Confirm who you are.\"}"));

        assertThat(refused).hasMessage("This needs a fresh proof.");
        assertThat(refused.next()).contains("custodes login").contains("two minutes");
    }
}
