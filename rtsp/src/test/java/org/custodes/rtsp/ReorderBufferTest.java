package org.custodes.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.custodes.media.Codec;
import org.custodes.media.Frame;
import org.junit.jupiter.api.Test;

/// Packets that overtake each other, by a clock that is held.
class ReorderBufferTest {
    private static final String SLICE = "419a0011";
    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private final Collected got = new Collected();
    private final VideoTrack track = PacketizingTest.track(Codec.H264, got);
    private final ReorderBuffer buffer = new ReorderBuffer(track);
    private long nanos;

    @Property(tries = 200)
    void packets_that_overtake_less_than_a_window_of_others_lose_nothing(
            @ForAll @IntRange(min = 1, max = 250) int window,
            @ForAll @IntRange(min = 0, max = 0xFFFF) int firstNumber,
            @ForAll long seed) {
        var all = new ArrayList<Integer>();
        for (var i = 0; i < 1_000; i++) {
            all.add(i);
        }
        var random = new Random(seed);
        // The first is not overtaken: of what was before it nobody can know.
        for (var at = 1; at + window <= all.size(); at += window) {
            Collections.shuffle(all.subList(at, at + window), random);
        }

        var fresh = new Collected();
        var into = new ReorderBuffer(PacketizingTest.track(Codec.H264, fresh));
        all.forEach(i -> send(into, firstNumber + i, 3_600 * i, SLICE));

        assertThat(fresh.frames)
                .extracting(frame -> frame.mediaTime() - (1L << 32))
                .isEqualTo(times(1_000));
        assertThat(fresh.frames).noneMatch(Frame::damaged);
        assertThat(fresh.losses).isEmpty();
        assertThat(into.isWaiting()).isFalse();
    }

    private static List<Long> times(int count) {
        var times = new ArrayList<Long>();
        for (var i = 0; i < count; i++) {
            times.add(3_600L * i);
        }
        return times;
    }

    @Test
    void what_is_missing_is_waited_for_50_ms_and_not_longer() {
        send(1, 1_000);
        send(3, 8_200);
        assertThat(buffer.isWaiting()).isTrue();
        assertThat(buffer.dueNanos()).isEqualTo(50 * MILLI);

        nanos += 49 * MILLI;
        buffer.giveUpIfDue(nanos);
        assertThat(got.frames).hasSize(1);

        nanos += MILLI;
        buffer.giveUpIfDue(nanos);
        assertThat(got.frames).extracting(Frame::damaged).containsExactly(false, true);
        assertThat(got.lost(Loss.Kind.PACKETS)).isEqualTo(1);
        assertThat(buffer.isWaiting()).isFalse();
    }

    @Test
    void what_comes_after_it_was_given_up_is_left_aside() {
        send(1, 1_000);
        send(3, 8_200);
        nanos += 60 * MILLI;
        buffer.giveUpIfDue(nanos);

        send(2, 4_600);
        send(4, 11_800);
        track.report(nanos);

        assertThat(got.frames).extracting(Frame::damaged).containsExactly(false, true, false);
        assertThat(got.lost(Loss.Kind.UNUSABLE_PACKETS)).isEqualTo(1);
    }

    @Test
    void each_gap_is_waited_for_from_its_own_beginning() {
        send(1, 1_000);
        send(3, 8_200);
        nanos += 30 * MILLI;
        send(5, 15_400);
        nanos += 20 * MILLI;

        buffer.giveUpIfDue(nanos);
        assertThat(got.frames).hasSize(2);
        assertThat(buffer.dueNanos()).isEqualTo(80 * MILLI);

        send(4, 11_800);
        assertThat(got.frames).hasSize(4);
        assertThat(got.lost(Loss.Kind.PACKETS)).isEqualTo(1);
    }

    @Test
    void a_packet_that_waits_and_comes_again_counts_once() {
        send(1, 1_000);
        send(3, 8_200);
        send(3, 8_200);
        send(2, 4_600);

        assertThat(got.frames).hasSize(3).noneMatch(Frame::damaged);
        track.report(nanos);
        assertThat(got.lost(Loss.Kind.UNUSABLE_PACKETS)).isEqualTo(1);
    }

    @Test
    void more_than_a_mebibyte_does_not_wait() {
        send(1, 1_000);
        var big = SLICE + "11".repeat(30_000);
        for (var i = 0; i < 40; i++) {
            send(buffer, 3 + i, 8_200 + 3_600 * i, big);
        }

        assertThat(got.lost(Loss.Kind.PACKETS)).isEqualTo(1);
        assertThat(got.frames).hasSize(41);
    }

    @Test
    void a_gap_of_a_thousand_is_no_reason_to_wait_for_each_of_them() {
        send(1, 1_000);
        send(1_001, 8_200);
        send(1_002, 11_800);

        assertThat(got.frames).hasSize(3);
        assertThat(got.lost(Loss.Kind.PACKETS)).isEqualTo(999);
        assertThat(buffer.isWaiting()).isFalse();
    }

    @Test
    void a_numbering_begun_anew_forgets_what_waited() {
        send(1, 1_000);
        send(3, 8_200);
        send(30_000, 900_000);
        send(30_001, 903_600);
        nanos += 100 * MILLI;
        buffer.giveUpIfDue(nanos);

        assertThat(buffer.isWaiting()).isFalse();
        assertThat(got.frames).hasSize(3);
        assertThat(got.losses).extracting(Loss::kind).contains(Loss.Kind.RESTART);
    }

    private void send(int number, int timestamp) {
        send(buffer, number, timestamp, SLICE);
    }

    private void send(ReorderBuffer into, int number, int timestamp, String payload) {
        var bytes = HexFormat.of().parseHex(payload);
        var packet = ByteBuffer.allocate(12 + bytes.length);
        packet.put((byte) 0x80).put((byte) 0xE0).putShort((short) number);
        packet.putInt(timestamp).putInt(Packetizer.SOURCE).put(bytes);
        into.rtp(packet.array(), 0, packet.capacity(), nanos);
    }
}
