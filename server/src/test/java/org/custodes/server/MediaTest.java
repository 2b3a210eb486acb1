package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.custodes.access.Template;
import org.custodes.server.Viewer.Heard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The media WebSocket, from outside.
@ExtendWith(House.Door.class)
class MediaTest {
    private static final String UNKNOWN = "0b4c7c0e-1111-4222-8333-123456789abc";

    private final House house;

    MediaTest(House house) {
        this.house = house;
    }

    @Test
    void lets_in_whoever_signs_the_nonce_with_the_tickets_key() {
        try (var viewer = Viewer.opened(operator())) {
            viewer.say("{\"type\":\"ping\",\"t\":1795312800000}");

            assertThat(viewer.text("pong").path("t").asLong()).isEqualTo(1_795_312_800_000L);
        }
    }

    @Test
    void a_ticket_is_good_once() {
        try (var first = new Viewer(operator());
                var second = new Viewer(operator())) {
            var ticket = first.ticket(operator());
            first.open(ticket, first.nonce());
            var _ = first.text("opened");

            second.open(ticket, second.nonce());

            assertThat(second.text("refused").at("/problem/key").asString())
                    .isEqualTo("problem.ticket-refused");
            assertThat(second.closed()).isEqualTo(1008);
        }
    }

    @Test
    void a_stolen_ticket_is_worth_nothing_without_its_key() {
        try (var owner = new Viewer(operator());
                var thief = new Viewer(operator())) {
            thief.open(owner.ticket(operator()), thief.nonce());

            assertThat(thief.text("refused").at("/problem/key").asString())
                    .isEqualTo("problem.ticket-refused");
        }
    }

    @Test
    void a_ticket_is_good_for_a_minute() {
        try (var viewer = new Viewer(operator())) {
            var ticket = viewer.ticket(operator());

            house.clock.putForward(Duration.ofSeconds(61));
            try {
                viewer.open(ticket, viewer.nonce());

                var _ = viewer.text("refused");
            } finally {
                house.clock.putForward(Duration.ofSeconds(-61));
            }
        }
    }

    @Test
    void a_page_of_another_origin_cannot_open_it() {
        var builder = operator().webSocketFrom("https://evil.example");

        assertThatThrownBy(() -> new Viewer(builder, operator()).close())
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("WebSocketHandshakeException");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "{\"type\":\"dance\"}",
                "{\"type\":\"close\",\"channel\":-1}",
                "{\"type\":\"open\",\"ticket\":\"a\",\"key\":\"b\",\"signature\":\"c\"}"
            })
    void what_is_malformed_ends_the_connection_with_a_problem_in_words(String message) {
        try (var viewer = Viewer.opened(operator())) {
            viewer.say(message);

            assertThat(viewer.text("refused").at("/problem/detail").asString()).endsWith(".");
            assertThat(viewer.closed()).isEqualTo(1008);
        }
    }

    @Test
    void bytes_and_texts_without_end_close_the_connection() {
        try (var viewer = Viewer.opened(operator())) {
            viewer.sayBytes(new byte[] {1});
            assertThat(viewer.closed()).isIn(1003, 1009);
        }
        try (var viewer = Viewer.opened(operator())) {
            viewer.say("\"" + "x".repeat(17_000) + "\"");
            assertThat(viewer.closed()).isIn(1008, 1009);
        }
    }

    @Test
    void nothing_flows_before_open() {
        try (var viewer = new Viewer(operator())) {
            var _ = viewer.nonce();
            viewer.say(live(1, house.camera.id().toString()));

            var _ = viewer.text("refused");
            assertThat(viewer.closed()).isEqualTo(1008);
        }
    }

    @Test
    void shows_live_what_is_being_recorded() {
        try (var viewer = Viewer.opened(operator())) {
            viewer.say(live(5, house.camera.id().toString()));
            var channel = viewer.text("channel");
            var now = house.clock.instant().truncatedTo(ChronoUnit.MICROS);
            house.footage().record(now, 8, 500);

            assertThat(channel.path("mode").asString()).isEqualTo("live");
            assertThat(viewer.text("config").path("width").asInt()).isEqualTo(640);
            var first = viewer.frame();
            assertThat(first.channel()).isEqualTo(5);
            assertThat(first.key()).isTrue();
            assertThat(first.seq()).isZero();
            assertThat(first.wallMicros()).isEqualTo(MediaConnection.micros(now));
            for (var i = 1; i < 8; i++) {
                assertThat(viewer.frame().number()).isEqualTo(i);
            }
        }
    }

    @Test
    void plays_from_the_key_frame_before_and_shows_from_the_asked_time() {
        var start = recorded(12);
        try (var viewer = Viewer.opened(operator())) {
            var _ = playback(viewer, 7);

            viewer.say(play(7, 3, start.plusMillis(1_600), 1, "all", 1 << 20));

            var frames = frames(viewer, 6);
            assertThat(frames).extracting(Heard.Frame::number).containsExactly(4, 5, 6, 7, 8, 9);
            assertThat(frames)
                    .extracting(Heard.Frame::shown)
                    .containsExactly(false, false, false, true, true, true);
            assertThat(frames).allMatch(frame -> frame.seq() == 3);
        }
    }

    @Test
    void plays_no_faster_than_the_client_gives_credit() throws InterruptedException {
        var start = recorded(12);
        try (var viewer = Viewer.opened(operator())) {
            var _ = playback(viewer, 7);

            viewer.say(play(7, 1, start, 1, "all", 1));
            assertThat(viewer.frame().number()).isZero();
            assertThat(viewer.hearsNothingFor(300)).isTrue();

            viewer.say("{\"type\":\"more\",\"channel\":7,\"seq\":0,\"credit\":100000}");
            assertThat(viewer.hearsNothingFor(300)).isTrue();

            viewer.say("{\"type\":\"more\",\"channel\":7,\"seq\":1,\"credit\":100000}");
            assertThat(viewer.frame().number()).isEqualTo(1);
        }
    }

    @Test
    void plays_backwards_in_whole_groups_newest_first() {
        var start = recorded(12);
        try (var viewer = Viewer.opened(operator())) {
            var _ = playback(viewer, 7);

            viewer.say(play(7, 2, start.plusMillis(1_300), -1, "all", 1 << 20));

            assertThat(frames(viewer, 6))
                    .extracting(Heard.Frame::number)
                    .containsExactly(4, 5, 0, 1, 2, 3);
        }
    }

    @Test
    void plays_key_frames_alone() {
        var start = recorded(12);
        try (var viewer = Viewer.opened(operator())) {
            var _ = playback(viewer, 7);

            viewer.say(play(7, 2, start, 1, "keys", 1 << 20));

            assertThat(frames(viewer, 3)).extracting(Heard.Frame::number).containsExactly(0, 4, 8);
        }
    }

    @Test
    void closes_a_channel_and_only_that() {
        try (var viewer = Viewer.opened(operator())) {
            var _ = playback(viewer, 7);
            viewer.say("{\"type\":\"close\",\"channel\":7}");

            var closed = viewer.text("closed");
            assertThat(closed.path("channel").asInt()).isEqualTo(7);
            assertThat(closed.has("problem")).isFalse();
            assertThat(playback(viewer, 7).path("mode").asString()).isEqualTo("playback");
        }
    }

    @Test
    void an_unknown_camera_and_one_that_was_not_given_are_refused_alike() {
        var known = house.camera.id().toString();
        try (var viewer = Viewer.opened(house.newcomers().operatorWithoutCameras("blind"))) {
            viewer.say(live(1, UNKNOWN));
            viewer.say(live(2, known));
            var problems = List.of(viewer.textAmong("closed"), viewer.textAmong("closed"));

            assertThat(problems)
                    .extracting(closed -> closed.path("channel").asInt())
                    .contains(1, 2);
            assertThat(problems.get(0).path("problem")).isEqualTo(problems.get(1).path("problem"));
            assertThat(problems.get(0).at("/problem/key").asString())
                    .isEqualTo("problem.not-found");
        }
    }

    @Test
    void signing_out_closes_the_connection() {
        var browser = house.newcomers().operator("leaves while watching");
        try (var viewer = Viewer.opened(browser)) {
            viewer.say(live(1, house.camera.id().toString()));
            var _ = viewer.text("channel");

            assertThat(browser.post("/api/v1/sign-out", "").status()).isEqualTo(204);

            assertThat(viewer.closed()).isEqualTo(1008);
        }
    }

    @Test
    void taking_the_cameras_away_ends_what_is_being_watched_and_what_stands_still() {
        var browser = house.newcomers().operator("loses the cameras");
        var id = browser.get("/api/v1/me").json().at("/person/id").asString();
        try (var viewer = Viewer.opened(browser)) {
            viewer.say(live(1, house.camera.id().toString()));
            var _ = viewer.text("channel");
            viewer.say(
                    "{\"type\":\"playback\",\"channel\":2,\"camera\":\"%s\",\"stream\":\"record\"}"
                            .formatted(house.camera.id()));
            var _ = viewer.textAmong("channel");

            var officer = house.as(Template.SECURITY_OFFICER);
            var held = Newcomers.heldBy(officer, id);

            var taken = officer.send("PUT", held + "/cameras", "{\"cameras\":[]}");

            assertThat(taken.status()).as(taken.toString()).isEqualTo(200);
            for (var closed : List.of(viewer.textAmong("closed"), viewer.textAmong("closed"))) {
                assertThat(closed.at("/problem/key").asString()).isEqualTo("problem.not-found");
            }
            assertThat(browser.get("/api/v1/cameras").json().path("items")).isEmpty();
        }
    }

    @Test
    void a_slow_viewer_skips_to_a_key_frame_and_slows_nobody() {
        try (var slow = Viewer.opened(operator());
                var quick = Viewer.opened(operator())) {
            for (var viewer : List.of(slow, quick)) {
                viewer.say(live(1, house.camera.id().toString()));
                var _ = viewer.text("channel");
            }
            slow.pause();
            var frames = 120;
            house.footage()
                    .recordSlowly(
                            house.clock.instant().truncatedTo(ChronoUnit.MICROS),
                            frames,
                            200_000,
                            quick);

            slow.goOn();
            var skipped = slow.skipped();
            assertThat(skipped).isPositive();
            assertThat(slow.frame().key()).isTrue();
        }
    }

    @Test
    void opens_64_channels_and_no_more() {
        try (var viewer = Viewer.opened(operator())) {
            for (var channel = 1; channel <= 64; channel++) {
                viewer.say(
                        "{\"type\":\"playback\",\"channel\":%d,\"camera\":\"%s\",\"stream\":\"record\"}"
                                .formatted(channel, house.camera.id()));
            }
            for (var channel = 1; channel <= 64; channel++) {
                var _ = viewer.text("channel");
            }
            viewer.say(live(65, house.camera.id().toString()));

            assertThat(viewer.text("closed").at("/problem/key").asString())
                    .isEqualTo("problem.too-many-channels");
        }
    }

    @Test
    void tells_the_timeline_of_what_was_recorded() {
        var start = recorded(12);
        var path =
                "/api/v1/timeline?camera=%s&from=%s&to=%s&spans=10"
                        .formatted(
                                house.camera.id(), start.minusSeconds(60), start.plusSeconds(60));

        var camera = operator().get(path).json().at("/cameras/0");

        assertThat(camera.path("camera").asString()).isEqualTo(house.camera.id().toString());
        assertThat(camera.path("spans").size()).isPositive();
        assertThat(camera.has("newest")).isTrue();
    }

    private Client operator() {
        return house.as(Template.OPERATOR);
    }

    /// Records a stretch in the past, each time another one, and tells its start.
    private Instant recorded(int frames) {
        var start = house.nextQuietMoment();
        house.footage().record(start, frames, 500);
        return start;
    }

    private tools.jackson.databind.JsonNode playback(Viewer viewer, int channel) {
        viewer.say(
                "{\"type\":\"playback\",\"channel\":%d,\"camera\":\"%s\",\"stream\":\"record\"}"
                        .formatted(channel, house.camera.id()));
        return viewer.text("channel");
    }

    private static List<Heard.Frame> frames(Viewer viewer, int count) {
        var frames = new ArrayList<Heard.Frame>();
        while (frames.size() < count) {
            frames.add(viewer.frame());
        }
        return frames;
    }

    private static String live(int channel, String camera) {
        return "{\"type\":\"live\",\"channel\":%d,\"camera\":\"%s\",\"stream\":\"record\"}"
                .formatted(channel, camera);
    }

    private static String play(
            int channel, int seq, Instant from, int direction, String frames, int credit) {
        return ("{\"type\":\"play\",\"channel\":%d,\"seq\":%d,\"from\":\"%s\",\"direction\":%d,"
                        + "\"frames\":\"%s\",\"credit\":%d}")
                .formatted(channel, seq, from, direction, frames, credit);
    }
}
