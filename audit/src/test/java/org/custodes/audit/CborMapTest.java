package org.custodes.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborMapTest {

    @ParameterizedTest
    @CsvSource({
        // RFC 8949 appendix A, as the only value of a map
        "0, 00",
        "23, 17",
        "24, 1818",
        "100, 1864",
        "1000, 1903e8",
        "1000000, 1a000f4240",
        "1000000000000, 1b000000e8d4a51000",
    })
    void numbers_are_written_as_the_rfc_shows(long number, String hex) {
        var encoded = new CborMap().number(0, number).encode();

        assertThat(HexFormat.of().formatHex(encoded)).isEqualTo("a100" + hex);
    }

    @Test
    void keys_are_written_in_their_order_whatever_order_they_came_in() {
        var one = new CborMap().text(2, "IETF").bytes(1, new byte[] {1, 2}).encode();
        var other = new CborMap().bytes(1, new byte[] {1, 2}).text(2, "IETF").encode();

        assertThat(one).isEqualTo(other);
        assertThat(HexFormat.of().formatHex(one)).isEqualTo("a201420102026449455446");
    }

    @Property
    void what_is_encoded_decodes_to_the_same_values(
            @ForAll @LongRange(min = 0) long number,
            @ForAll byte[] bytes,
            @ForAll("texts") String text,
            @ForAll @Size(max = 30) List<byte[]> strings) {
        var encoded =
                new CborMap()
                        .number(0, number)
                        .bytes(7, bytes)
                        .text(12, text)
                        .byteStrings(23, strings)
                        .encode();

        var decoded = CborMap.decode(encoded);

        assertThat(decoded.number(0)).isEqualTo(number);
        assertThat(decoded.bytes(7)).isEqualTo(bytes);
        assertThat(decoded.text(12)).isEqualTo(text);
        assertThat(decoded.byteStrings(23)).containsExactlyElementsOf(strings);
        assertThat(decoded.encode()).isEqualTo(encoded);
    }

    @Property(tries = 2_000)
    void any_bytes_are_refused_or_are_the_one_encoding_of_what_they_say(@ForAll byte[] bytes) {
        refusedOrCanonical(bytes);
    }

    @Property(tries = 2_000)
    void changed_bytes_are_refused_or_are_the_one_encoding_of_what_they_say(
            @ForAll @IntRange(max = 60) int at, @ForAll byte value) {
        var encoded =
                new CborMap()
                        .number(0, 70_000)
                        .bytes(5, new byte[20])
                        .text(6, "camera.added")
                        .byteStrings(8, List.of(new byte[3], new byte[30]))
                        .encode();
        encoded[at % encoded.length] = value;

        refusedOrCanonical(encoded);
    }

    @Property
    void a_map_that_is_cut_short_is_refused(@ForAll @IntRange(max = 200) int at) {
        var encoded = new CborMap().number(0, 1).bytes(3, new byte[100]).text(4, "end").encode();
        var cut = Arrays.copyOf(encoded, at % encoded.length);

        assertThatThrownBy(() -> CborMap.decode(cut)).isInstanceOf(MalformedEntryException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a10018", // number cut off
                "a1001800", // longer than it needs to be
                "a1001bffffffffffffffff", // above what a long holds
                "a1005bffffffffffffffff", // a string of 2^64 - 1 bytes
                "a1005a7fffffff00", // a string of 2 GiB in one byte
                "a1009a7fffffff40", // a list of 2^31 - 1
                "bf0001ff", // indefinite length
                "a1005f4101ff", // indefinite string
                "a200010001", // a key twice
                "a201010001", // keys out of order
                "a1181800", // a key above 23
                "a1000100", // something after the end
                "a10062c328", // not UTF-8
                "a100f6", // null
                "a100fb3ff0000000000000", // a float
                "a100c11a514b67b0", // a tag
                "a100a0", // a map in a map
                "a10020", // a number below 0
                "",
            })
    void what_is_outside_the_profile_is_refused(String hex) {
        assertThatThrownBy(() -> CborMap.decode(HexFormat.of().parseHex(hex)))
                .isInstanceOf(MalformedEntryException.class);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }

    private static void refusedOrCanonical(byte[] bytes) {
        try {
            assertThat(CborMap.decode(bytes).encode()).isEqualTo(bytes);
        } catch (MalformedEntryException refused) {
            assertThat(refused).hasMessageContaining("log");
        }
    }
}
