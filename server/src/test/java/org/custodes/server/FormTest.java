package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.custodes.register.Fault;
import org.custodes.register.StreamRole;
import org.junit.jupiter.api.Test;

class FormTest {
    record Sample(
            @Bounds(min = 2, max = 5) String name,
            @Bounds(min = 1, max = 9) int count,
            UUID id,
            Optional<Instant> at,
            Optional<StreamRole> stream,
            @Bounds(max = 2) List<Optional<UUID>> tiles,
            Optional<Boolean> test) {}

    record Search(
            @Bounds(min = 1, max = 3) List<UUID> camera,
            Optional<Integer> limit,
            Optional<UUID> person) {}

    private static final String ID = "0b4c7c0e-1111-4222-8333-123456789abc";

    private final Json json = new Json(Body.LARGEST);
    private final Form<Sample> form = new Form<>(Sample.class);

    record Part(@Bounds(min = 2, max = 5) String name, Optional<Integer> count) {}

    record Whole(@Bounds(max = 2) List<Part> parts, Optional<Part> first) {}

    @Test
    void reads_records_in_a_record_and_tells_where_in_them_a_fault_is() {
        var whole = new Form<>(Whole.class);

        var fits =
                whole.read(
                        json.read(
                                "{\"parts\":[{\"name\":\"one\"},{\"name\":\"two\",\"count\":2}]}"));
        var faulty =
                whole.read(
                        json.read(
                                "{\"parts\":[{\"name\":\"one\"},{\"name\":\"x\",\"more\":1}],\"first\":7}"));

        assertThat(fits)
                .isEqualTo(
                        new Form.Result.Fits<>(
                                new Whole(
                                        List.of(
                                                new Part("one", Optional.empty()),
                                                new Part("two", Optional.of(2))),
                                        Optional.empty())));
        assertThat(faulty)
                .isInstanceOfSatisfying(
                        Form.Result.Faulty.class,
                        result ->
                                assertThat(((Form.Result.Faulty<?>) result).faults())
                                        .extracting(Fault::field)
                                        .containsExactly(
                                                "parts[1].name", "parts[1].more", "first"));
    }

    @Test
    void reads_what_fits() {
        var result =
                form.read(
                        json.read(
                                """
                                {"name":"abc","count":3,"id":"%s","at":"2026-11-22T10:00:00.25+02:00",
                                 "stream":"wall","tiles":["%s",null],"test":true}\
                                """
                                        .formatted(ID, ID)));

        var id = UUID.fromString(ID);
        assertThat(result)
                .isEqualTo(
                        new Form.Result.Fits<>(
                                new Sample(
                                        "abc",
                                        3,
                                        id,
                                        Optional.of(Instant.parse("2026-11-22T08:00:00.25Z")),
                                        Optional.of(StreamRole.WALL),
                                        List.of(Optional.of(id), Optional.empty()),
                                        Optional.of(true))));
    }

    @Test
    void tells_all_faults_at_once() {
        var faults =
                faults(
                        """
                        {"name":"a","count":10,"id":"1-1-1-1-1","at":"noon","stream":"WALL",
                         "tiles":[1],"test":"true","extra":true}\
                        """);

        assertThat(faults)
                .extracting(Fault::field, Fault::key)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("name", "form.too-short"),
                        org.assertj.core.groups.Tuple.tuple("count", "form.out-of-range"),
                        org.assertj.core.groups.Tuple.tuple("id", "form.wrong-type"),
                        org.assertj.core.groups.Tuple.tuple("at", "form.wrong-type"),
                        org.assertj.core.groups.Tuple.tuple("stream", "form.unknown-word"),
                        org.assertj.core.groups.Tuple.tuple("tiles[0]", "form.wrong-type"),
                        org.assertj.core.groups.Tuple.tuple("test", "form.wrong-type"),
                        org.assertj.core.groups.Tuple.tuple("extra", "form.unknown"));
    }

    @Test
    void misses_what_is_not_optional() {
        assertThat(faults("{}"))
                .extracting(Fault::field)
                .containsExactly("name", "count", "id", "tiles");
    }

    @Test
    void takes_no_number_that_is_not_whole_or_does_not_fit() {
        for (var number : List.of("1.5", "1e2", "99999999999999999999999", "\"3\"", "true")) {
            assertThat(faults("{\"count\":%s}".formatted(number)))
                    .extracting(Fault::field)
                    .contains("count");
        }
    }

    @Test
    void takes_no_control_characters_and_no_halves_of_characters() {
        for (var bad : List.of("a\\u0000b", "a\\r\\nb", "ab\\ud800")) {
            assertThat(faults("{\"name\":\"%s\"}".formatted(bad)))
                    .extracting(Fault::key)
                    .contains("form.characters");
        }
    }

    @Test
    void reads_a_query_and_takes_empty_fields_as_left_out() {
        var query =
                Map.of(
                        "camera", new String[] {ID, ID},
                        "limit", new String[] {"7"},
                        "person", new String[] {""});

        var id = UUID.fromString(ID);
        assertThat(new Form<>(Search.class).read(query))
                .isEqualTo(
                        new Form.Result.Fits<>(
                                new Search(List.of(id, id), Optional.of(7), Optional.empty())));
    }

    @Test
    void refuses_a_query_field_that_is_given_twice() {
        var query = Map.of("camera", new String[] {ID}, "limit", new String[] {"1", "2"});

        assertThat(new Form<>(Search.class).read(query)).isInstanceOf(Form.Result.Faulty.class);
    }

    @Property
    void never_throws_and_never_repeats_what_it_was_sent(
            @ForAll @StringLength(max = 60) String name, @ForAll double count) {
        var text = json.text(Map.of("name", name, "count", count, "more" + name, 1));

        var faults = faults(text);

        assertThat(faults).isNotEmpty();
        assertThat(faults).allSatisfy(fault -> assertThat(fault.field()).hasSizeLessThan(90));
    }

    private List<Fault> faults(String text) {
        return switch (form.read(json.read(text))) {
            case Form.Result.Fits<Sample> _ -> List.of();
            case Form.Result.Faulty<Sample>(var faults) -> faults;
        };
    }
}
