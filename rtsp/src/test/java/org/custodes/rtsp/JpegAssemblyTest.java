package org.custodes.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.custodes.media.Codec;
import org.custodes.media.Frame;
import org.custodes.media.JpegSize;
import org.custodes.media.ParameterSets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a track makes of packets of JPEG images, one case at a time (RFC 2435).
class JpegAssemblyTest {
    private static final String SCAN = "00112233";
    private static final String END = "ffd9";

    private final Collected got = new Collected();
    private VideoTrack track = track(Optional.empty());
    private int sequence;

    @Test
    void pieces_are_put_together_and_an_end_marker_that_is_missing_is_put_behind() {
        send(0, false, header(0, 1, 50, 80, 45) + SCAN);
        send(0, true, header(4, 1, 50, 80, 45) + SCAN);
        send(3_600, true, header(0, 1, 50, 80, 45) + SCAN + END);

        assertThat(got.frames)
                .extracting(JpegAssemblyTest::scan)
                .containsExactly(SCAN + SCAN + END, SCAN + END);
        assertThat(got.frames).allMatch(Frame::key).noneMatch(Frame::damaged);
        assertThat(size(got.frames.getFirst())).contains(new JpegSize(640, 360));
    }

    @Test
    void a_missing_marker_bit_is_made_up_for_by_the_next_time() {
        send(0, false, header(0, 1, 50, 80, 45) + SCAN);
        send(3_600, false, header(0, 1, 50, 80, 45) + SCAN);

        assertThat(got.frames).hasSize(1).noneMatch(Frame::damaged);
    }

    @Test
    void what_comes_behind_a_loss_is_left_out_and_the_image_is_marked() {
        send(0, false, header(0, 1, 50, 80, 45) + SCAN);
        sequence++;
        send(0, true, header(8, 1, 50, 80, 45) + SCAN);
        send(3_600, true, header(0, 1, 50, 80, 45) + SCAN);

        assertThat(got.frames).extracting(Frame::damaged).containsExactly(true, false);
        assertThat(scan(got.frames.getFirst())).isEqualTo(SCAN + END);
    }

    @Test
    void an_image_whose_end_was_lost_is_marked_and_the_next_is_whole() {
        send(0, false, header(0, 1, 50, 80, 45) + SCAN);
        sequence++;
        send(3_600, true, header(0, 1, 50, 80, 45) + SCAN);

        assertThat(got.frames).extracting(Frame::damaged).containsExactly(true, false);
    }

    @Test
    void an_image_whose_beginning_was_lost_is_counted() {
        sequence = 5;
        send(0, true, header(4, 1, 50, 80, 45) + SCAN);
        send(3_600, true, header(0, 1, 50, 80, 45) + SCAN);

        assertThat(got.frames).hasSize(1).noneMatch(Frame::damaged);
        assertThat(got.lost(Loss.Kind.FRAMES)).isEqualTo(1);
    }

    @Test
    void a_restart_interval_gets_a_header_of_its_own() {
        send(0, true, header(0, 65, 50, 80, 45) + "0010ffff" + SCAN);

        assertThat(headers(got.frames.getFirst())).contains("ffdd00040010");
        assertThat(scan(got.frames.getFirst())).isEqualTo(SCAN + END);
    }

    @Test
    void tables_that_were_sent_once_are_remembered_by_their_number() {
        var tables = "01".repeat(64) + "02".repeat(64);
        send(0, true, header(0, 1, 130, 80, 45) + "00000080" + tables + SCAN);
        send(3_600, true, header(0, 1, 130, 80, 45) + "00000000" + SCAN);
        send(7_200, true, header(0, 1, 131, 80, 45) + "00000000" + SCAN);

        assertThat(got.frames).hasSize(2);
        assertThat(got.frames.getLast().added()).isEqualTo(got.frames.getFirst().added());
        assertThat(headers(got.frames.getLast())).contains("ffdb004300" + "01".repeat(64));
        assertThat(got.lost(Loss.Kind.FRAMES)).isEqualTo(1);
    }

    @Test
    void tables_may_be_one_for_all_or_have_16_bits() {
        send(0, true, header(0, 1, 255, 80, 45) + "00000040" + "03".repeat(64) + SCAN);
        send(3_600, true, header(0, 1, 255, 80, 45) + "00030080" + SCAN);
        send(7_200, true, header(0, 1, 255, 80, 45) + "00030100" + "0004".repeat(128) + SCAN);

        assertThat(got.frames).hasSize(2);
        assertThat(headers(got.frames.getFirst()))
                .contains("ffdb004300" + "03".repeat(64))
                .contains("ffdb004301" + "03".repeat(64));
        assertThat(headers(got.frames.getLast())).contains("ffdb008310" + "0004".repeat(64));
    }

    @ParameterizedTest
    @CsvSource({"0", "100", "127", "255"})
    void a_quality_that_names_no_tables_is_no_picture(int quality) {
        send(0, true, header(0, 1, quality, 80, 45) + "00000000" + SCAN);

        assertThat(got.frames).isEmpty();
        assertThat(got.lost(Loss.Kind.FRAMES)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 2, type 2", "0, 66, type 66", "0, 200, type 200", "1, 1, interlaced"})
    void forms_that_are_not_known_are_refused_by_their_name(
            int typeSpecific, int type, String name) {
        var header = "%02x000000%02x32502d".formatted(typeSpecific, type);

        assertThatThrownBy(() -> send(0, true, header + SCAN))
                .isInstanceOfSatisfying(
                        RtspException.class,
                        e -> assertThat(e.fault()).isEqualTo(RtspException.Fault.UNSUPPORTED_CODEC))
                .hasMessageContaining(name)
                .hasMessageContaining("Choose");
    }

    @Test
    void an_image_too_large_for_its_field_tells_its_size_by_description_or_extension() {
        track = track(Optional.of(new JpegSize(3_840, 2_160)));
        send(0, true, header(0, 1, 50, 0, 0) + SCAN);
        // An extension of ONVIF: the image's own headers, here a frame header of 4,096 x 2,304.
        var extension = "ffd80005" + "ffc00011080900100003012200021101031101" + "00";
        sendWithExtension(extension, header(0, 1, 50, 0, 0) + SCAN);

        assertThat(got.frames)
                .extracting(frame -> size(frame).orElseThrow())
                .containsExactly(new JpegSize(3_840, 2_160), new JpegSize(4_096, 2_304));
    }

    @Test
    void an_image_too_large_for_its_field_that_tells_no_size_is_refused_in_words() {
        assertThatThrownBy(() -> send(0, true, header(0, 1, 50, 0, 0) + SCAN))
                .isInstanceOf(RtspException.class)
                .hasMessageContaining("2,040");
    }

    @Test
    void images_without_end_are_refused_and_not_kept() {
        var piece = "00".repeat(60_000);
        assertThatThrownBy(
                        () -> {
                            for (var offset = 0; ; offset += 60_000) {
                                send(0, false, header(offset, 1, 50, 80, 45) + piece);
                            }
                        })
                .isInstanceOfSatisfying(
                        RtspException.class,
                        e -> assertThat(e.fault()).isEqualTo(RtspException.Fault.TOO_LARGE));
    }

    @Property
    void random_packets_are_taken_or_left_aside(
            @ForAll @Size(max = 200) byte[] bytes, @ForAll long seed) {
        var random = new Random(seed);
        var fresh = new Collected();
        var hostile = track(Optional.empty(), fresh);
        for (var i = 0; i < 50; i++) {
            var packet = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            if (packet.length > 20) {
                System.arraycopy(new byte[] {0, 0, 0, 1}, 0, packet, 8, 4);
                packet[0] = (byte) (0x80 | (random.nextInt(8) == 0 ? random.nextInt(64) : 0));
                packet[2] = 0;
                packet[3] = (byte) i;
                packet[12] = 0;
                packet[13] = 0;
                packet[14] = 0;
                packet[15] = (byte) (random.nextInt(3) * 4);
                packet[16] = (byte) (random.nextInt(2) * 64 + random.nextInt(2));
            }
            try {
                hostile.rtp(packet, 0, packet.length, i);
            } catch (RtspException e) {
                assertThat(e.fault()).isEqualTo(RtspException.Fault.UNSUPPORTED_CODEC);
            }
        }

        assertThat(fresh.frames.size()).isLessThanOrEqualTo(50);
    }

    private VideoTrack track(Optional<JpegSize> described) {
        return track(described, got);
    }

    private static VideoTrack track(Optional<JpegSize> described, Collected into) {
        return new VideoTrack(
                Codec.MJPEG,
                new ParameterSets(Codec.MJPEG),
                described,
                Set.of(),
                OptionalInt.empty(),
                1 << 20,
                new SecureRandom(),
                into,
                0);
    }

    /// RTP's header of an image: offset, type, quality, and its size in blocks of 8 pixels.
    private static String header(int offset, int type, int quality, int wide, int high) {
        return "%08x%02x%02x%02x%02x".formatted(offset, type, quality, wide, high);
    }

    private void send(long timestamp, boolean marker, String payload) {
        send(timestamp, marker, "", payload);
    }

    private void sendWithExtension(String extension, String payload) {
        send(3_600, true, extension, payload);
    }

    private void send(long timestamp, boolean marker, String extension, String payload) {
        var bytes = HexFormat.of().parseHex(extension + payload);
        var packet = ByteBuffer.allocate(12 + bytes.length);
        packet.put((byte) (extension.isEmpty() ? 0x80 : 0x90));
        packet.put((byte) (26 | (marker ? 0x80 : 0))).putShort((short) sequence++);
        packet.putInt((int) timestamp).putInt(Packetizer.SOURCE).put(bytes);
        track.rtp(packet.array(), 0, packet.capacity(), 0);
    }

    private static String scan(Frame frame) {
        return HexFormat.of().formatHex(frame.data().array());
    }

    private static String headers(Frame frame) {
        return HexFormat.of().formatHex(frame.added().array());
    }

    private static Optional<JpegSize> size(Frame frame) {
        return JpegSize.of(frame.added().array(), 0, frame.added().length());
    }
}
