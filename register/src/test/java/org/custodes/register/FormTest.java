package org.custodes.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FormTest {

    @Test
    void names_of_every_script_are_taken_as_they_are() {
        for (var name :
                List.of("Sisäänkäynti 2", "入口", "ورودی\u200Cاصلی", "🎥 Lobby", "O'Neill & Co.")) {
            var form = new Form();

            assertThat(form.text("name", name, 1, 120)).isEqualTo(name);
            assertThat(form.faulty()).isFalse();
        }
    }

    @Test
    void what_cannot_be_seen_or_turns_the_writing_is_refused() {
        for (var name :
                List.of(
                        "a\nb",
                        "a\u0000b",
                        "a\u202Eb",
                        "a\u2066b",
                        "a\u200Bb",
                        "a\u200Fb",
                        "a\uFEFFb",
                        "a\u2028b",
                        "a\uD800b",
                        "a\uE000b",
                        "\u001B[31mred")) {
            var form = new Form();

            form.text("name", name, 1, 120);

            assertThat(form.faults()).extracting(Fault::key).containsExactly("form.characters");
        }
    }

    @Test
    void a_length_counts_characters_and_not_their_halves() {
        var form = new Form();

        form.text("name", "🎥".repeat(120), 1, 120);
        form.text("name", "🎥".repeat(121), 1, 120);

        assertThat(form.faults())
                .singleElement()
                .returns("form.too-long", Fault::key)
                .returns("121", fault -> fault.values().get("length"));
    }

    @Test
    void spaces_alone_are_nothing() {
        var form = new Form();

        form.text("name", " \u3000 ", 1, 120);

        assertThat(form.faults()).extracting(Fault::key).containsExactly("form.required");
    }

    @Property
    boolean a_text_is_within_its_bounds_or_a_fault(@ForAll String given) {
        var form = new Form();
        var text = form.text("field", given, 1, 20);
        var length = text.codePointCount(0, text.length());
        return form.faulty() ? text.isEmpty() : length >= 1 && length <= 20;
    }
}
