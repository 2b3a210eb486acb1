package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.custodes.access.Template;
import org.custodes.signals.Alarm;
import org.custodes.signals.AlarmKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// What was wrong and what is, over HTTP.
@ExtendWith(House.Door.class)
class AlarmsTest {
    private final House house;

    AlarmsTest(House house) {
        this.house = house;
    }

    @Test
    void an_alarm_is_found_with_its_values_while_it_stands_and_after() {
        raise("a-test-1", AlarmKind.VOLUME_SLOW, Map.of("waiting", "84"));

        var open = alarm("a-test-1", "state=open&kind=volume.slow");
        assertThat(open.path("severity").asString()).isEqualTo("critical");
        assertThat(open.path("part").asString()).isEqualTo("storage");
        assertThat(open.path("end").asString()).isEqualTo("stands");
        assertThat(open.path("values").path("waiting").asString()).isEqualTo("84");

        house.signals.end("a-test-1", Instant.now());

        assertThat(alarm("a-test-1", "state=open").isMissingNode()).isTrue();
        assertThat(alarm("a-test-1", "state=ended").path("end").asString()).isEqualTo("ended");
        assertThat(alarm("a-test-1", "kind=volume.full").isMissingNode()).isTrue();
        assertThat(alarm("a-test-1", "kind=moon.fell").isMissingNode()).isTrue();
        assertThat(alarm("a-test-1", "to=2020-01-01T00:00:00Z").isMissingNode()).isTrue();
        assertThat(alarm("a-test-1", "q=GONE%20WRONG").isMissingNode()).isFalse();
    }

    @Test
    void is_told_page_by_page() {
        for (var i = 0; i < 3; i++) {
            raise("a-test-page-" + i, AlarmKind.VOLUME_FULL, Map.of());
        }

        var first = administrator().get("/api/v1/alarms?limit=2&kind=volume.full").json();
        assertThat(first.path("items")).hasSize(2);
        assertThat(first.path("more").asBoolean()).isTrue();
        var second =
                administrator()
                        .get(
                                "/api/v1/alarms?limit=2&kind=volume.full&before="
                                        + first.path("next").asLong())
                        .json();
        assertThat(second.path("items").get(0).path("number").asLong())
                .isLessThan(first.path("items").get(1).path("number").asLong());
    }

    @Test
    void who_takes_an_alarm_on_is_on_record_and_stays() {
        raise("a-test-2", AlarmKind.VOLUME_FAILED, Map.of());
        var number = alarm("a-test-2", "state=open").path("number").asLong();
        var path = "/api/v1/alarms/" + number + "/acknowledge";

        var taken = administrator().send("POST", path, "{\"note\":\"Ordered a disk.\"}");
        var again = house.as(Template.SECURITY_OFFICER).send("POST", path, "{}");

        assertThat(taken.status()).isEqualTo(200);
        assertThat(taken.json().path("acknowledged").path("note").asString())
                .isEqualTo("Ordered a disk.");
        assertThat(again.json().path("acknowledged")).isEqualTo(taken.json().path("acknowledged"));
        var entry =
                house.as(Template.DATA_PROTECTION_OFFICER)
                        .get("/api/v1/audit?action=alarm.acknowledged&object=alarm/" + number)
                        .json()
                        .path("items");
        assertThat(entry).hasSize(2);
        assertThat(entry.get(1).path("text").asString()).contains("Ordered a disk.");
    }

    @Test
    void whoever_may_see_alarms_only_takes_none_on_and_one_that_is_not_there_is_not_found() {
        raise("a-test-3", AlarmKind.VOLUME_FAILED, Map.of());
        var number = alarm("a-test-3", "state=open").path("number").asLong();
        var path = "/api/v1/alarms/" + number + "/acknowledge";

        assertThat(house.as(Template.DATA_PROTECTION_OFFICER).send("POST", path, "{}").status())
                .isEqualTo(403);
        assertThat(house.as(Template.OPERATOR).get("/api/v1/alarms").status()).isEqualTo(403);
        assertThat(administrator().send("POST", "/api/v1/alarms/999999/acknowledge", "{}").status())
                .isEqualTo(404);
        assertThat(
                        administrator()
                                .send("POST", path, "{\"note\":\"" + "x".repeat(501) + "\"}")
                                .status())
                .isEqualTo(400);
    }

    private Client administrator() {
        return house.as(Template.SYSTEM_ADMINISTRATOR);
    }

    private void raise(String key, AlarmKind kind, Map<String, String> values) {
        house.signals.raise(
                new Alarm(key, kind, "", Instant.now(), "It has gone wrong.", "Mend it.", values));
    }

    /// The newest under this key that the query finds.
    private JsonNode alarm(String key, String query) {
        var items = administrator().get("/api/v1/alarms?" + query).json().path("items");
        for (var item : items) {
            if (item.path("key").asString().equals(key)) {
                return item;
            }
        }
        return items.path("none");
    }
}
