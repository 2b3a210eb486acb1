package org.custodes.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.custodes.media.Bytes;
import org.custodes.media.Codec;
import org.custodes.media.Frame;
import org.custodes.media.ParameterSets;
import org.junit.jupiter.api.Test;

/// What a track makes of packets, one case at a time.
class VideoTrackTest {
    private static final String SPS = "6764001eacd940a02ff97011000003000100000300320f162d96";
    private static final String PPS = "68ebe3cb22c0";
    private static final String KEY = "65888400";
    private static final String SLICE = "419a0011";
    private static final String SECOND_SLICE = "41000022";
    private static final int OTHER = 0x0BADCAFE;

    private final Collected got = new Collected();
    private final ParameterSets sets = new ParameterSets(Codec.H264);
    private VideoTrack track = track(OptionalInt.empty());
    private int sequence = 65_530;
    private long nanos;

    @Test
    void a_frame_is_delivered_by_its_marker_bit_without_waiting_for_the_next() {
        send(1_000, false, SLICE);
        assertThat(got.frames).isEmpty();

        send(1_000, true, SECOND_SLICE);

        assertThat(only().data()).isEqualTo(annexB(SLICE, SECOND_SLICE));
        assertThat(only().key()).isFalse();
    }

    @Test
    void a_missing_marker_bit_is_made_up_for_by_the_next_time() {
        send(1_000, false, SLICE);
        send(4_600, false, KEY);

        assertThat(only().data()).isEqualTo(annexB(SLICE));
        assertThat(only().damaged()).isFalse();
    }

    @Test
    void sets_of_the_description_are_added_to_a_key_frame_that_lacks_them() {
        offer(SPS);
        offer(PPS);

        send(1_000, true, KEY);
        send(4_600, true, SLICE);

        assertThat(got.frames.getFirst().added()).isEqualTo(annexB(SPS, PPS));
        assertThat(got.frames.getFirst().data()).isEqualTo(annexB(KEY));
        assertThat(got.frames.getLast().added()).isEqualTo(Bytes.empty());
    }

    @Test
    void sets_sent_as_an_access_unit_of_their_own_stand_before_the_next_picture() {
        send(500, false, SPS);
        send(500, true, PPS);
        assertThat(got.frames).isEmpty();

        send(1_000, true, KEY);
        send(4_600, true, KEY);

        assertThat(got.frames.getFirst().data()).isEqualTo(annexB(SPS, PPS, KEY));
        assertThat(got.frames.getFirst().added()).isEqualTo(Bytes.empty());
        assertThat(got.frames.getFirst().mediaTime()).isEqualTo((1L << 32) + 1_000);
        assertThat(got.frames.getLast().added()).isEqualTo(annexB(SPS, PPS));
    }

    @Test
    void a_camera_that_marks_every_packet_is_seen_through_after_its_first_picture() {
        for (var time = 0; time < 5; time++) {
            send(3_600L * time, true, SLICE);
            send(3_600L * time, true, SECOND_SLICE);
        }

        // The first picture comes in two parts, the second of them marked as damaged.
        assertThat(got.frames.get(1).damaged()).isTrue();
        assertThat(got.frames.subList(2, got.frames.size()))
                .hasSize(3)
                .allMatch(frame -> frame.data().equals(annexB(SLICE, SECOND_SLICE)))
                .noneMatch(Frame::damaged);
    }

    @Test
    void units_that_a_camera_glued_together_with_start_codes_are_told_apart() {
        send(1_000, true, SPS + "00000001" + PPS + "000001" + KEY);

        assertThat(only().key()).isTrue();
        assertThat(only().data())
                .isEqualTo(Bytes.of(hex("00000001" + SPS + "00000001" + PPS + "000001" + KEY)));
        assertThat(sets.inForce()).hasSize(2);
    }

    @Test
    void a_picture_that_began_before_we_listened_is_marked() {
        send(1_000, true, SECOND_SLICE);
        send(4_600, true, SLICE);

        assertThat(got.frames).extracting(Frame::damaged).containsExactly(true, false);
    }

    @Test
    void a_gap_marks_the_frames_on_both_of_its_sides() {
        send(1_000, false, SLICE);
        sequence++;
        send(4_600, true, SLICE);
        send(8_200, true, SLICE);

        assertThat(got.frames).extracting(Frame::damaged).containsExactly(true, true, false);
        assertThat(got.lost(Loss.Kind.PACKETS)).isEqualTo(1);
    }

    @Test
    void a_fragment_whose_beginning_or_end_is_missing_is_left_out() {
        send(1_000, false, SLICE);
        send(1_000, false, "7c81aaaa"); // FU-A, begins a slice
        send(1_000, true, SECOND_SLICE);
        send(4_600, false, "7c41bbbb"); // FU-A, ends a slice that never began
        send(4_600, true, SLICE);

        assertThat(got.frames).extracting(Frame::damaged).containsExactly(true, true);
        assertThat(got.frames.get(0).data()).isEqualTo(annexB(SLICE, SECOND_SLICE));
        assertThat(got.frames.get(1).data()).isEqualTo(annexB(SLICE));
    }

    @Test
    void a_frame_of_which_nothing_whole_is_left_is_counted() {
        send(1_000, true, "7c81aaaa");
        send(4_600, true, SLICE);

        assertThat(only().data()).isEqualTo(annexB(SLICE));
        assertThat(only().damaged()).isFalse();
        assertThat(got.lost(Loss.Kind.FRAMES)).isEqualTo(1);
    }

    @Test
    void aggregates_with_sizes_of_zero_or_beyond_their_packet_damage_the_frame() {
        send(1_000, true, "78" + "0004" + SLICE + "0000" + "ff");
        send(4_600, true, "78" + "0004" + SLICE + "ffff" + "00");

        assertThat(got.frames).hasSize(2).allMatch(Frame::damaged);
        assertThat(got.frames).allMatch(frame -> frame.data().equals(annexB(SLICE)));
    }

    @Test
    void packets_of_a_foreign_sender_are_left_aside() {
        send(1_000, true, SLICE);
        sendFrom(OTHER, 1, 77_000, true, KEY);
        send(4_600, true, SLICE);
        report();

        assertThat(got.frames).hasSize(2).noneMatch(Frame::key);
        assertThat(got.lost(Loss.Kind.FOREIGN_PACKETS)).isEqualTo(1);
    }

    @Test
    void a_new_sender_takes_over_when_the_old_one_is_silent_and_time_goes_on() {
        send(1_000, true, SLICE);
        nanos += Duration.ofMillis(1_500).toNanos();

        sendFrom(OTHER, 9_000, 4_000_000_000L, true, KEY);

        assertThat(got.frames).hasSize(2);
        assertThat(got.frames.getLast().mediaTime() - got.frames.getFirst().mediaTime())
                .isEqualTo(135_000);
        assertThat(got.losses).extracting(Loss::kind).containsExactly(Loss.Kind.RESTART);
    }

    @Test
    void the_sender_that_setup_announced_is_taken_at_once() {
        track = track(OptionalInt.of(Packetizer.SOURCE));

        sendFrom(OTHER, 1, 77_000, true, KEY);
        send(1_000, true, SLICE);

        assertThat(only().data()).isEqualTo(annexB(SLICE));
    }

    @Test
    void a_wrong_announcement_costs_a_second_and_not_the_stream() {
        track = track(OptionalInt.of(1));

        send(1_000, true, SLICE);
        nanos += Duration.ofMillis(1_100).toNanos();
        send(4_600, true, SLICE);

        assertThat(got.frames).hasSize(1);
    }

    @Test
    void a_numbering_begun_anew_is_no_loss_of_thousands() {
        send(1_000, true, SLICE);
        sequence += 20_000;
        send(4_600, true, SLICE);

        assertThat(got.frames).hasSize(2).noneMatch(Frame::damaged);
        assertThat(got.lost(Loss.Kind.PACKETS)).isZero();
    }

    @Test
    void time_goes_on_where_32_bits_wrap_and_pictures_may_step_back() {
        send(0xFFFF_F000L, true, KEY);
        send(0xFFFF_F000L + 7_200, true, SLICE);
        send(0xFFFF_F000L + 3_600, true, SLICE);

        assertThat(got.frames)
                .extracting(frame -> frame.mediaTime() - got.frames.getFirst().mediaTime())
                .containsExactly(0L, 7_200L, 3_600L);
    }

    @Test
    void a_sender_report_gives_frames_the_cameras_time() {
        send(90_000, true, SLICE);
        senderReport(Packetizer.SOURCE, Instant.parse("2026-03-01T12:00:00Z"), 90_000);
        send(180_000, true, SLICE);
        send(135_000, true, SLICE);

        assertThat(got.frames)
                .extracting(Frame::cameraTime)
                .containsExactly(
                        null,
                        Instant.parse("2026-03-01T12:00:01Z"),
                        Instant.parse("2026-03-01T12:00:00.5Z"));
    }

    @Test
    void a_sender_report_before_the_first_packet_counts_and_a_foreign_one_does_not() {
        senderReport(Packetizer.SOURCE, Instant.parse("2040-01-01T00:00:00Z"), 1_000);
        send(1_000, true, SLICE);
        senderReport(OTHER, Instant.parse("2001-01-01T00:00:00Z"), 1_000);
        send(1_000 + 90_000, true, SLICE);

        assertThat(got.frames)
                .extracting(Frame::cameraTime)
                .containsExactly(null, Instant.parse("2040-01-01T00:00:01Z"));
    }

    @Test
    void a_camera_without_a_clock_tells_no_time() {
        send(1_000, true, SLICE);
        senderReport(Packetizer.SOURCE, Instant.parse("1900-01-01T00:00:00Z"), 1_000);
        send(4_600, true, SLICE);

        assertThat(got.clocks).isEmpty();
        assertThat(got.frames).allMatch(frame -> frame.cameraTime() == null);
    }

    @Test
    void a_media_clock_that_is_set_moves_no_picture_in_time() {
        send(900_000, true, SLICE);
        nanos += Duration.ofMillis(40).toNanos();
        send(900_000 + 36_000 * 90_000L, true, SLICE);
        nanos += Duration.ofMillis(40).toNanos();
        send(900_000 + 36_000 * 90_000L + 3_600, true, SLICE);

        assertThat(got.frames)
                .extracting(frame -> frame.mediaTime() - got.frames.getFirst().mediaTime())
                .containsExactly(0L, 3_600L, 7_200L);
        assertThat(got.frames).noneMatch(Frame::damaged);
    }

    @Test
    void a_report_that_fits_no_picture_so_far_waits_for_one_that_it_fits() {
        send(900_000, true, SLICE);
        senderReport(Packetizer.SOURCE, Instant.parse("2026-03-01T12:00:00Z"), 400_000_000);
        send(903_600, true, SLICE);
        assertThat(got.clocks).isEmpty();

        send(400_000_000, true, SLICE);
        send(400_003_600, true, SLICE);

        assertThat(got.frames.getLast().cameraTime())
                .isEqualTo(Instant.parse("2026-03-01T12:00:00.04Z"));
    }

    @Test
    void key_frames_ten_minutes_apart_need_nothing_but_their_sets() {
        offer(SPS);
        offer(PPS);

        for (var i = 0; i <= 15_000; i++) {
            send(3_600L * i, true, i % 15_000 == 0 ? KEY : SLICE);
            nanos += Duration.ofMillis(40).toNanos();
        }

        assertThat(got.frames).hasSize(15_001).noneMatch(Frame::damaged);
        assertThat(got.losses).isEmpty();
        assertThat(got.frames.getLast().added()).isEqualTo(annexB(SPS, PPS));
        assertThat(got.frames.getLast().mediaTime() - got.frames.getFirst().mediaTime())
                .isEqualTo(15_000 * 3_600L);
    }

    @Test
    void two_days_of_a_clock_500_ppm_fast_wrap_and_drift_and_never_jump() {
        var second = 90_045; // of its ticks in one of ours
        for (var i = 0; i < 172_800; i++) {
            send((long) i * second, true, SLICE);
            nanos += Duration.ofSeconds(1).toNanos();
        }

        assertThat(got.losses).isEmpty();
        assertThat(got.frames.getLast().mediaTime() - got.frames.getFirst().mediaTime())
                .isEqualTo(172_799L * second);
    }

    @Test
    void a_receiver_report_tells_what_was_lost() {
        send(1_000, true, SLICE);
        sequence += 3;
        for (var i = 0; i < 4; i++) {
            send(1_000 + 3_600L * i, true, SLICE);
        }

        var report = ByteBuffer.wrap(track.report(nanos));

        assertThat(report.get(1) & 0xFF).isEqualTo(201);
        assertThat(report.getInt(8)).isEqualTo(Packetizer.SOURCE);
        assertThat(report.get(12) & 0xFF).isEqualTo(256 * 3 / 8);
        assertThat(report.getInt(12) & 0xFFFFFF).isEqualTo(3);
        // 65,530 was the first, 8 numbers later it has wrapped once
        assertThat(report.getInt(16)).isEqualTo(65_536 + 1);
        assertThat(report.get(33) & 0xFF).isEqualTo(202);
    }

    @Test
    void a_picture_longer_than_the_bound_ends_the_stream() {
        send(1_000, false, "7c81" + "aa".repeat(1_000));

        assertThatThrownBy(
                        () -> {
                            for (var i = 0; i < 2_000; i++) {
                                send(1_000, false, "7c01" + "aa".repeat(1_000));
                            }
                        })
                .isInstanceOfSatisfying(
                        RtspException.class,
                        e -> assertThat(e.fault()).isEqualTo(RtspException.Fault.TOO_LARGE));
    }

    @Test
    void a_million_sei_end_the_stream_and_not_the_memory() {
        assertThatThrownBy(
                        () -> {
                            for (var i = 0; i < 1_000_000; i++) {
                                send(1_000, false, "06050000");
                            }
                        })
                .isInstanceOf(RtspException.class)
                .hasMessageContaining("NAL units");
    }

    @Test
    void payloads_that_the_description_gives_to_something_else_are_no_picture() {
        track =
                new VideoTrack(
                        Codec.H264,
                        sets,
                        Optional.empty(),
                        Set.of(96),
                        OptionalInt.empty(),
                        1 << 20,
                        new SecureRandom(),
                        got,
                        0);

        send(1_000, true, SLICE);

        assertThat(got.frames).isEmpty();
    }

    private VideoTrack track(OptionalInt announced) {
        return new VideoTrack(
                Codec.H264,
                sets,
                Optional.empty(),
                Set.of(),
                announced,
                1 << 20,
                new SecureRandom(),
                got,
                0);
    }

    private void offer(String unit) {
        var bytes = hex(unit);
        sets.offer(bytes, 0, bytes.length);
    }

    private void send(long timestamp, boolean marker, String payload) {
        sendFrom(Packetizer.SOURCE, sequence++, timestamp, marker, payload);
    }

    private void sendFrom(int source, int number, long timestamp, boolean marker, String payload) {
        var bytes = hex(payload);
        var packet = ByteBuffer.allocate(12 + bytes.length);
        packet.put((byte) 0x80).put((byte) (marker ? 0xE0 : 0x60)).putShort((short) number);
        packet.putInt((int) timestamp).putInt(source).put(bytes);
        track.rtp(packet.array(), 0, packet.capacity(), nanos);
    }

    private void senderReport(int source, Instant time, int timestamp) {
        var seconds = time.getEpochSecond() + 2_208_988_800L;
        var report = ByteBuffer.allocate(28);
        report.put((byte) 0x80).put((byte) 200).putShort((short) 6).putInt(source);
        report.putInt((int) seconds).putInt(0).putInt(timestamp).putInt(1).putInt(1);
        track.rtcp(report.array(), 0, report.capacity(), nanos);
    }

    private void report() {
        track.report(nanos);
    }

    private Frame only() {
        assertThat(got.frames).hasSize(1);
        return got.frames.getFirst();
    }

    private static Bytes annexB(String... units) {
        return Bytes.of(hex("00000001" + String.join("00000001", units)));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
