package org.custodes.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.custodes.rtsp.ScriptedCamera.bytes;
import static org.custodes.rtsp.ScriptedCamera.fine;
import static org.custodes.rtsp.ScriptedCamera.joined;
import static org.custodes.rtsp.ScriptedCamera.packet;
import static org.custodes.rtsp.ScriptedCamera.status;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import org.custodes.rtsp.RtspException.Fault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What cameras do that no standard foresees, and what people enter as a camera that is none.
class OddCameraTest {
    private static final String SLICE = "419a0011";
    private static final RtspSettings QUICK =
            new RtspSettings(
                    Duration.ofSeconds(2),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    1 << 20);

    private final ScriptedCamera camera = new ScriptedCamera();

    @AfterEach
    void stop() {
        camera.close();
    }

    @Test
    void pictures_before_between_and_inside_answers_are_taken_once_setup_is_answered() {
        camera.on(
                "PLAY",
                joined(
                        packet(0, 1, 1_000, SLICE),
                        bytes("RTSP/1.0 200 OK\r\nCSeq: {cseq}\r\nContent-Length: 2\r\n\r\n$$"),
                        packet(0, 2, 4_600, SLICE),
                        bytes("OPTIONS rtsp://x/ RTSP/1.0\r\nCSeq: 900\r\n\r\n"),
                        packet(0, 3, 8_200, SLICE)));

        try (var watcher = watch()) {
            watcher.untilFrames(3);

            assertThat(watcher.losses()).isEmpty();
            Watcher.await("our answer", () -> hasRequest("RTSP/1.0 200 OK\r\nCSeq: 900"));
        }
    }

    private boolean hasRequest(String beginning) {
        return camera.requests().stream().anyMatch(request -> request.startsWith(beginning));
    }

    @Test
    void packets_on_channels_that_were_never_asked_for_are_passed_over() {
        camera.on(
                "SETUP",
                fine("Session: 1", "Transport: RTP/AVP/TCP;unicast;interleaved=4-5;ssrc=00000007"));

        try (var watcher = watch()) {
            camera.send(packet(0, 1, 1_000, SLICE));
            camera.send(packet(4, 1, 4_600, SLICE));
            watcher.untilFrames(1);

            assertThat(watcher.frames()).hasSize(1);
            assertThat(watcher.frames().getFirst().mediaTime()).isEqualTo((1L << 32) + 4_600);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // Content-Base | session control | track control | asked for | played
                "rtsp://127.0.0.1/s/ | * | track1 | rtsp://127.0.0.1/s/track1 | rtsp://127.0.0.1/s/",
                "rtsp://127.0.0.1/s | - | track1 | rtsp://127.0.0.1/s/track1 | rtsp://127.0.0.1/s",
                "rtsp://127.0.0.1/cam/realmonitor?channel=1&subtype=0/ | * | trackID=0"
                        + " | rtsp://127.0.0.1/cam/realmonitor?channel=1&subtype=0/trackID=0"
                        + " | rtsp://127.0.0.1/cam/realmonitor?channel=1&subtype=0/",
                "- | - | rtsp://127.0.0.1/abs/t1 | rtsp://127.0.0.1/abs/t1 | {asked}",
                "- | - | - | {asked} | {asked}",
                "- | - | /trackID=2 | {asked}/trackID=2 | {asked}",
                "not an address | rtsp://127.0.0.1/all | t | {asked}/t | rtsp://127.0.0.1/all",
            })
    void addresses_of_tracks_are_made_as_cameras_mean_them(
            @Nullable String base,
            @Nullable String session,
            @Nullable String track,
            String setup,
            String play) {
        var sdp =
                "v=0\r\ns= \r\n"
                        + line("a=control:", session)
                        + "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
                        + line("a=control:", track);
        if (base == null) {
            camera.describes(sdp);
        } else {
            camera.describes(sdp, "Content-Base: " + base);
        }

        watch().close();

        var asked = camera.address().target();
        assertThat(camera.request("SETUP"))
                .startsWith("SETUP " + setup.replace("{asked}", asked) + " ");
        assertThat(camera.request("PLAY"))
                .startsWith("PLAY " + play.replace("{asked}", asked) + " ");
    }

    private static String line(String name, @Nullable String value) {
        return value == null ? "" : name + value + "\r\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RTSP/1.0 200 OK\r\n\r\n",
                "RTSP/1.0 200 OK\r\nCSeq: 0\r\n\r\nRTSP/1.0 200 OK\r\nCSeq: {cseq}\r\n\r\n",
                "RTSP/1.0 100 Continue\r\nCSeq: {cseq}\r\n\r\nRTSP/1.0 200 OK\r\nCSeq: 99\r\n\r\n",
                "\r\n\r\nRTSP/1.0 200 OK\nCSeq:{cseq}\n\n",
                "RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n",
                "RTSP/1.0 200\r\nno colon here\r\ncseq: {cseq}\r\n\r\n",
            })
    void answers_that_count_oddly_or_say_little_are_understood(String answer) {
        camera.on("PLAY", joined(bytes(answer), packet(0, 1, 1_000, SLICE)));

        try (var watcher = watch()) {
            watcher.untilFrames(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DESCRIBE | 404 Not Found | NOT_FOUND",
                "DESCRIBE | 401 Unauthorized | WRONG_CREDENTIALS",
                "DESCRIBE | 403 Forbidden | REFUSED_BY_CAMERA",
                "DESCRIBE | 302 Moved | REFUSED_BY_CAMERA",
                "DESCRIBE | 503 Service Unavailable | REFUSED_BY_CAMERA",
                "DESCRIBE | 500 Oops | REFUSED_BY_CAMERA",
                "SETUP | 461 Unsupported Transport | REFUSED_BY_CAMERA",
                "PLAY | 453 Not Enough Bandwidth | REFUSED_BY_CAMERA",
                "PLAY | abc | REFUSED_BY_CAMERA",
            })
    void a_refusal_is_told_with_its_reason_and_a_next_step(
            String method, String status, Fault fault) {
        camera.on(method, status(status));

        var refusal = refusal();

        assertThat(refusal.fault()).isEqualTo(fault);
        assertThat(refusal)
                .hasMessageEndingWith(".")
                .hasMessageNotContaining("127.0.0.1")
                .hasMessageNotContaining("/stream");
    }

    @Test
    void pictures_that_would_come_over_udp_are_refused_in_words() {
        camera.on(
                "SETUP",
                fine(
                        "Session: 1",
                        "Transport: RTP/AVP;unicast;client_port=0-1;server_port=6970-6971"));

        assertThat(refusal()).hasMessageContaining("UDP");
        assertThat(refusal().fault()).isEqualTo(Fault.REFUSED_BY_CAMERA);
    }

    @Test
    void pictures_that_would_go_to_a_whole_group_are_refused_in_words() {
        camera.on("SETUP", fine("Session: 1", "Transport: RTP/AVP;multicast;port=5000-5001"));

        assertThat(refusal()).hasMessageContaining("multicast").hasMessageContaining("unicast");
    }

    @Test
    void a_camera_that_answers_a_request_for_udp_by_its_connection_is_followed() {
        try (var watcher = new Watcher(camera.address().by(RtspTransport.UDP), null, QUICK)) {
            camera.send(packet(0, 1, 1_000, SLICE));
            watcher.untilFrames(1);

            assertThat(watcher.session().facts().transport()).isEqualTo(RtspTransport.TCP);
            assertThat(camera.request("SETUP")).containsPattern("client_port=[0-9]*[02468]-");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2p1\r\n",
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "220 mail ESMTP\r\n",
                "\u0015\u0003\u0003\u0000\u0002\u0002(",
                "\u0000\u0000\u0000",
            })
    void something_that_is_no_camera_is_called_so(String greeting) {
        camera.greets(greeting).on("OPTIONS", "");

        assertThat(refusal().fault()).isEqualTo(Fault.NOT_RTSP);
    }

    @Test
    void a_camera_that_says_nothing_is_given_up_after_the_time_that_is_set() {
        camera.on("OPTIONS", "");

        assertThat(refusal().fault()).isEqualTo(Fault.SILENT);
    }

    @Test
    void nobody_at_the_address_is_unreachable() throws IOException {
        int free;
        try (var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = gone.getLocalPort();
        }
        var address =
                RtspAddress.of(
                        URI.create("rtsp://127.0.0.1:" + free + "/"),
                        InetAddress.getLoopbackAddress());

        var e =
                catchThrowableOfType(
                        RtspException.class, () -> RtspSession.open(address, null, QUICK));

        assertThat(e.fault()).isEqualTo(Fault.UNREACHABLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "m=audio 0 RTP/AVP 0 | NO_VIDEO",
                "m=application 0 RTP/AVP 107 | NO_VIDEO",
                "v=0 | NO_VIDEO",
                "m=video 0 RTP/AVP 31 | UNSUPPORTED_CODEC",
                "m=video 0 RTP/AVP 96\\na=rtpmap:96 MP4V-ES/90000 | UNSUPPORTED_CODEC",
                "m=video 0 RTP/AVP 96\\na=rtpmap:96 H265/90000\\na=fmtp:96 sprop-max-don-diff=2"
                        + " | UNSUPPORTED_CODEC",
            })
    void a_stream_without_usable_video_is_told_so(String sdp, Fault fault) {
        camera.describes(sdp.replace("\\n", "\r\n"));

        assertThat(refusal().fault()).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "m=video 0 RTP/AVP 96\\na=rtpmap:96 MP4V-ES/90000 | MPEG-4 part 2 (MP4V-ES)",
                "m=video 0 RTP/AVP 32 | MPEG-1 or MPEG-2 (MPV)",
                "m=video 0 RTP/AVP 33 | MPEG transport or program stream (MP2T)",
                "m=video 0 RTP/AVP 34 | H.263 (H263)",
                "m=video 0 RTP/AVP 96\\na=rtpmap:96 VP8/90000 | VP8",
                "m=video 0 RTP/AVP 96\\na=rtpmap:96 H264/90000\\na=fmtp:96 packetization-mode=2"
                        + " | H.264 out of decoding order",
                "m=video 0 RTP/AVP 96\\na=rtpmap:96 H265/90000\\na=fmtp:96 sprop-max-don-diff=2"
                        + " | H.265 out of decoding order",
                "m=video 0 RTP/SAVP 96\\na=rtpmap:96 H264/90000 | SRTP",
                "m=video 0 RTP/AVP 96 | without a name",
            })
    void what_is_not_recorded_is_refused_by_its_name(String sdp, String name) {
        camera.describes(sdp.replace("\\n", "\r\n"));

        assertThat(refusal())
                .hasMessageContaining(name)
                .hasMessageContaining("Choose H.264, H.265 or MJPEG");
    }

    @Test
    void an_unsupported_codec_is_named_without_what_could_forge_a_log() {
        camera.describes("m=video 0 RTP/AVP 96\r\na=rtpmap:96 AV1\u001b[31m\u202e/90000\r\n");

        assertThat(refusal().getMessage()).contains("AV1[31M").doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RTSP/1.0 200 OK\r\nContent-Length: 999999999\r\n\r\n",
                "RTSP/1.0 200 OK\r\nContent-Length: 70000\r\n\r\n",
            })
    void bodies_beyond_the_bound_are_refused_before_they_are_awaited(String answer) {
        camera.on("DESCRIBE", answer);

        assertThat(refusal().fault()).isEqualTo(Fault.TOO_LARGE);
    }

    @Test
    void heads_without_end_are_refused() {
        camera.on("DESCRIBE", "RTSP/1.0 200 OK\r\n" + "X: y\r\n".repeat(10_000));
        assertThat(refusal().fault()).isEqualTo(Fault.TOO_LARGE);

        camera.on("DESCRIBE", "RTSP/1.0 200 OK\r\nX: " + "y".repeat(60_000));
        assertThat(refusal().fault()).isEqualTo(Fault.PROTOCOL);

        camera.on("DESCRIBE", "RTSP/1.0 200 OK\r\nContent-Length: -5\r\n\r\n");
        assertThat(refusal().fault()).isEqualTo(Fault.PROTOCOL);
    }

    @Test
    void a_session_named_by_what_could_forge_a_request_is_refused() {
        camera.on("SETUP", fine("Session: a b\u0001"));

        assertThat(refusal().fault()).isIn(Fault.PROTOCOL, Fault.NOT_RTSP);
    }

    @Test
    void garbage_in_mid_stream_ends_it_as_a_broken_protocol() {
        try (var watcher = watch()) {
            camera.send(packet(0, 1, 1_000, SLICE));
            watcher.untilFrames(1);
            camera.send("garbage that is no message at all\r\n");

            assertThat(watcher.untilEnd().fault()).isEqualTo(Fault.PROTOCOL);
        }
    }

    @Test
    void a_camera_that_takes_its_leave_ends_the_stream() {
        try (var watcher = watch()) {
            camera.send(packet(0, 1, 1_000, SLICE));
            watcher.untilFrames(1);
            camera.send("TEARDOWN rtsp://x/ RTSP/1.0\r\nCSeq: 3\r\n\r\n");

            assertThat(watcher.untilEnd().fault()).isEqualTo(Fault.ENDED_BY_CAMERA);
        }
    }

    @Test
    void a_keep_alive_that_is_not_implemented_falls_back_and_a_lost_session_ends_the_stream() {
        camera.on("SETUP", fine("Session: 1;timeout=1", ScriptedCamera.USUAL_TRANSPORT))
                .on("GET_PARAMETER", status("501 Not Implemented"));

        try (var watcher = watch()) {
            Watcher.await("the fall-back", () -> count("OPTIONS") >= 2);
            camera.on("OPTIONS", status("454 Session Not Found"));

            assertThat(watcher.untilEnd().fault()).isEqualTo(Fault.ENDED_BY_CAMERA);
            assertThat(count("GET_PARAMETER")).isEqualTo(1);
        }
    }

    private long count(String method) {
        return camera.requests().stream().filter(r -> r.startsWith(method + " ")).count();
    }

    @Test
    void opening_that_is_interrupted_ends_at_once_and_says_so() {
        camera.on("OPTIONS", "");
        var settings =
                new RtspSettings(
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        1 << 20);
        var main = Thread.currentThread();
        Thread.ofVirtual()
                .start(() -> {
                    Watcher.await("a request", () -> !camera.requests().isEmpty());
                    main.interrupt();
                });

        var e =
                catchThrowableOfType(
                        RtspException.class,
                        () -> RtspSession.open(camera.address(), null, settings));

        assertThat(e.fault()).isEqualTo(Fault.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_probe_of_a_stream_without_pictures_says_so() {
        var e =
                catchThrowableOfType(
                        RtspException.class,
                        () ->
                                RtspProbe.probe(
                                        camera.address(),
                                        null,
                                        Duration.ofMillis(400),
                                        InstantSource.system()));

        assertThat(e.fault()).isEqualTo(Fault.SILENT);
    }

    @Test
    void no_message_tells_user_password_or_path() {
        camera.on(
                "DESCRIBE",
                status("401 Unauthorized", "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\""));
        var who = Credentials.of("operator7", "hunter2".toCharArray());

        var e =
                catchThrowableOfType(
                        RtspException.class,
                        () -> RtspSession.open(camera.address("/s?password=hunter2"), who, QUICK));

        for (Throwable t = e; t != null; t = t.getCause()) {
            assertThat(t.toString()).doesNotContain("hunter2").doesNotContain("operator7");
        }
        assertThat(who.toString()).doesNotContain("hunter2").doesNotContain("operator7");
        assertThat(camera.address("/s?password=hunter2").toString()).doesNotContain("hunter2");
        assertThat(camera.requests()).noneMatch(request -> request.contains("hunter2\r"));
    }

    private Watcher watch() {
        return new Watcher(camera.address(), null, QUICK);
    }

    private RtspException refusal() {
        return catchThrowableOfType(
                RtspException.class, () -> RtspSession.open(camera.address(), null, QUICK));
    }
}
