package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.custodes.access.Template;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// What was decided, decided again over HTTP.
@ExtendWith(House.Door.class)
class ReplayTest {
    private final House house;

    ReplayTest(House house) {
        this.house = house;
    }

    private JsonNode replayed(String query) {
        return house.as(Template.AUDITOR).get("/api/v1/replay" + query).json();
    }

    @Test
    void what_was_refused_and_done_comes_out_the_same() {
        assertThat(house.as(Template.OPERATOR).get("/api/v1/system").status()).isEqualTo(403);

        var replayed = replayed("?limit=50");

        assertThat(replayed.path("same").asLong()).isPositive();
        assertThat(replayed.path("items")).isEmpty();
    }

    @Test
    void a_page_ends_and_says_where_the_next_one_begins() {
        var _ = replayed("");
        var _ = replayed("");

        var first = replayed("?limit=1");
        assertThat(first.path("more").asBoolean()).isTrue();
        assertThat(first.path("same").asLong()).isEqualTo(1);

        var second = replayed("?limit=1&before=" + first.path("next").asLong());
        assertThat(second.path("next").asLong()).isLessThan(first.path("next").asLong());
    }

    @Test
    void of_a_time_when_nothing_was_decided_there_is_nothing_to_tell() {
        var replayed = replayed("?to=2020-01-01T00:00:00Z");

        assertThat(replayed.path("same").asLong()).isZero();
        assertThat(replayed.path("more").asBoolean()).isFalse();
        assertThat(replayed.path("next").isNumber()).isFalse();
    }

    @Test
    void a_query_that_makes_no_sense_is_told_field_by_field() {
        var answer = house.as(Template.AUDITOR).get("/api/v1/replay?from=yesterday&limit=0");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("faults"))
                .extracting(fault -> fault.path("field").asString())
                .containsExactlyInAnyOrder("from", "limit");
    }
}
