package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.custodes.signals.Alarm;
import org.custodes.signals.AlarmKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a monitor and a scraper are told.
@ExtendWith(House.Door.class)
class MonitorTest {
    private final House house;

    MonitorTest(House house) {
        this.house = house;
    }

    @Test
    void a_stranger_learns_that_it_fails_and_nothing_else() {
        assertThat(house.client().get("/health").text()).isEqualTo("{\"status\":\"well\"}");
        raise(AlarmKind.DATABASE_AWAY);
        try {
            var answer = house.client().get("/health");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text()).isEqualTo("{\"status\":\"failing\"}");
            assertThat(house.client().withBearer("another").get("/health").text())
                    .isEqualTo(answer.text());
            assertThat(house.client().get("/health/live").status()).isEqualTo(200);
        } finally {
            house.signals.end(AlarmKind.DATABASE_AWAY.code(), Instant.now());
        }
    }

    @Test
    void who_shows_the_token_learns_which_part_fails_and_no_name() {
        raise(AlarmKind.DATABASE_AWAY);
        try {
            var answer = house.client().withBearer(House.METRICS_TOKEN).get("/health");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json().path("status").asString()).isEqualTo("failing");
            assertThat(answer.json().path("parts").path("database").asString())
                    .isEqualTo("failing");
            assertThat(answer.json().propertyNames()).containsExactlyInAnyOrder("status", "parts");
            assertThat(answer.text()).doesNotContain("Lobby", house.camera.id().toString());
        } finally {
            house.signals.end(AlarmKind.DATABASE_AWAY.code(), Instant.now());
        }
    }

    @Test
    void a_camera_that_is_away_does_not_make_the_recorder_fail() {
        // The house has a camera that nobody answers for.
        raise(AlarmKind.CAMERA_AWAY);

        try {
            assertThat(house.client().get("/health").text()).isEqualTo("{\"status\":\"well\"}");
            var answer = house.client().withBearer(House.METRICS_TOKEN).get("/health");
            var parts = answer.json().path("parts");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("status").asString()).isEqualTo("warned");
            assertThat(parts.path("cameras").asString()).isEqualTo("failing");
            assertThat(parts.path("database").asString()).isEqualTo("well");
        } finally {
            house.signals.end(AlarmKind.CAMERA_AWAY.code(), Instant.now());
        }
    }

    @Test
    void metrics_are_for_who_shows_the_token() {
        assertThat(house.client().get("/metrics").status()).isEqualTo(401);
        assertThat(
                        house.client()
                                .withBearer("another-token-another-token-another-token")
                                .get("/metrics")
                                .status())
                .isEqualTo(401);

        var answer = house.client().withBearer(House.METRICS_TOKEN).get("/metrics");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type").orElseThrow()).contains("version=0.0.4");
        assertThat(answer.text())
                .contains("custodes_build_info{version=\"0.1.0\"} 1\n")
                .contains(
                        "custodes_camera_frames_total{camera=\"%s\",stream=\"0\"} 0\n"
                                .formatted(house.camera.id()))
                .contains("# TYPE custodes_camera_frames_total counter\n")
                .contains("jvm_memory_used_bytes{area=\"heap\"} ")
                .doesNotContain("Lobby");
    }

    @Test
    void a_label_cannot_break_out_of_its_line() {
        var text =
                new Exposition()
                        .gauge("a", "b")
                        .sample("a", 0.25, "folder", "x\"} 1\ny\\")
                        .toString();

        assertThat(text)
                .isEqualTo(
                        "# HELP a b\n# TYPE a gauge\na{folder=\"x\\\"} 1\\ny\\\\\"} 0.250000000\n");
    }

    private void raise(AlarmKind kind) {
        house.signals.raise(
                new Alarm(kind.code(), kind, "", Instant.now(), "It is gone.", "Look at it."));
    }
}
