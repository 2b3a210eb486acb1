package org.custodes.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.custodes.media.CodecConfigTest.annexB;
import static org.custodes.media.CodecConfigTest.hex;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ParameterSetsTest {
    private static final Bytes SPS = hex("6764001eacd940a02ff97011000003000100000300320f162d96");
    private static final Bytes PPS = hex("68ebe3cb22c0");
    private static final Bytes SLICE = hex("658884");

    private final ParameterSets sets = new ParameterSets(Codec.H264);

    @Test
    void a_key_frame_without_sets_is_given_all_that_are_in_force() {
        offer(SPS, PPS);

        assertThat(missing(SLICE)).isEqualTo(Bytes.of(annexB(SPS, PPS)));
    }

    @Test
    void a_key_frame_with_its_sets_is_given_nothing() {
        offer(SPS, PPS);

        assertThat(missing(SPS, PPS, SLICE)).isEqualTo(Bytes.empty());
    }

    @Test
    void a_missing_pps_brings_its_sps_again_for_decoders_that_forget_it() {
        offer(SPS, PPS);

        assertThat(missing(SPS, SLICE)).isEqualTo(Bytes.of(annexB(SPS, PPS)));
    }

    @Test
    void a_missing_sps_alone_is_given_alone() {
        offer(SPS, PPS);

        assertThat(missing(PPS, SLICE)).isEqualTo(Bytes.of(annexB(SPS)));
    }

    @Test
    void a_set_replaces_the_one_of_its_kind_and_number() {
        var larger = hex("67640028acd940780227e5c044000003000400000300c83c60c658");

        offer(SPS, PPS, larger);

        assertThat(sets.inForce()).containsExactly(larger, PPS);
        assertThat(sets.config().orElseThrow().width()).isEqualTo(1920);
    }

    @Test
    void what_is_no_parameter_set_or_unreadable_is_not_kept() {
        for (var bytes : List.of(SLICE, hex("67"), hex("6764001e"), hex("68"), Bytes.empty())) {
            assertThat(sets.offer(bytes.array(), 0, bytes.length())).isFalse();
        }

        assertThat(sets.inForce()).isEmpty();
        assertThat(sets.config()).isEmpty();
    }

    @Test
    void a_stream_cannot_make_us_keep_more_than_a_bound() {
        for (var number = 0; number < 256; number++) {
            var pps = new BitText().u(8, 0x68).ue(number).ue(0);
            for (var i = 0; i < 4_000; i++) {
                pps.u(8, 0xAA);
            }
            var bytes = pps.bytes();
            sets.offer(bytes.array(), 0, bytes.length());
        }

        var kept = sets.inForce().stream().mapToInt(Bytes::length).sum();
        assertThat(kept).isLessThanOrEqualTo(256 * 1024);
    }

    @Test
    void units_are_found_between_start_codes_of_either_length() {
        var stream = hex("ff 000001 6501 00000001 4102 0000 000001 06 000001").array();

        var units = NalUnits.split(stream);

        assertThat(units.units()).containsExactly(hex("6501"), hex("4102"), hex("06"));
        assertThat(units.kind(0, Codec.H264)).isEqualTo(NalKind.KEY_SLICE);
        assertThat(units.start(1)).isEqualTo(10);
    }

    @Test
    void a_stream_of_too_many_units_is_refused() {
        var stream = new byte[4 * (NalUnits.MOST + 1)];
        for (var i = 0; i < stream.length; i += 4) {
            stream[i + 2] = 1;
            stream[i + 3] = 9;
        }

        assertThatThrownBy(() -> NalUnits.split(stream)).isInstanceOf(MalformedNalException.class);
    }

    @Property
    void any_bytes_are_split_into_units_that_put_together_are_the_bytes(
            @ForAll("streams") List<Byte[]> parts) {
        var units = parts.stream().map(ParameterSetsTest::withoutStartCodes).toArray(Bytes[]::new);

        assertThat(NalUnits.split(annexB(units)).units()).containsExactly(units);
    }

    @Provide
    Arbitrary<List<Byte[]>> streams() {
        return Arbitraries.bytes()
                .array(Byte[].class)
                .ofMinSize(1)
                .ofMaxSize(40)
                .list()
                .ofMaxSize(20);
    }

    /// As an encoder would write them: no `00 00 0x` inside, no zero at the end.
    private static Bytes withoutStartCodes(Byte[] any) {
        var bytes = new byte[any.length];
        for (var i = 0; i < bytes.length; i++) {
            var zeros = i >= 2 && bytes[i - 1] == 0 && bytes[i - 2] == 0;
            bytes[i] = (zeros && any[i] >= 0 && any[i] <= 3) ? 4 : any[i];
        }
        if (bytes[bytes.length - 1] == 0) {
            bytes[bytes.length - 1] = 1;
        }
        var startsLikeCode = bytes.length >= 3 && bytes[0] == 0 && bytes[1] == 0;
        if (bytes[0] == 0 || startsLikeCode) {
            bytes[0] = 9;
        }
        if (bytes.length >= 3 && endsLikeCode(bytes)) {
            bytes[bytes.length - 1] = 2;
        }
        return Bytes.of(bytes);
    }

    private static boolean endsLikeCode(byte[] bytes) {
        var last = bytes.length - 1;
        return bytes[last] == 1 && bytes[last - 1] == 0 && bytes[last - 2] == 0;
    }

    @Property
    void random_bytes_are_read_or_refused_and_never_more(
            @ForAll Codec codec, @ForAll @Size(max = 300) byte[] bytes) {
        var random = new ParameterSets(codec);
        for (var kind : new int[] {0x67, 0x68, 0x40, 0x42, 0x44}) {
            var unit = bytes.clone();
            if (unit.length > 0) {
                unit[0] = (byte) kind;
            }
            random.offer(unit, 0, unit.length);
        }
        random.config();
        random.missingFrom(bytes, 0, bytes.length);
        CodecConfig.ofKeyFrame(codec, bytes);

        assertThat(random.inForce().size()).isLessThanOrEqualTo(5);
    }

    @Property
    void a_true_set_with_any_byte_changed_or_cut_off_is_read_or_refused(
            @ForAll @IntRange(max = 25) int at, @ForAll byte value, @ForAll boolean cut) {
        var bytes = SPS.array().clone();
        bytes[at] = value;
        var unit = Bytes.of(cut ? Arrays.copyOf(bytes, at) : bytes);

        CodecConfig.of(Codec.H264, List.of(unit, PPS))
                .ifPresent(config -> {
                    assertThat(config.width()).isBetween(1, 16_384);
                    assertThat(config.height()).isBetween(1, 16_384);
                });
    }

    private void offer(Bytes... units) {
        for (var unit : units) {
            assertThat(sets.offer(unit.array(), 0, unit.length())).isTrue();
        }
    }

    private Bytes missing(Bytes... units) {
        var frame = annexB(units);
        return sets.missingFrom(frame, 0, frame.length);
    }
}
