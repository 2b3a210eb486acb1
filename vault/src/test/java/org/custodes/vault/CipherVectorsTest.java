package org.custodes.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// Published vectors of the primitives that our formats are made of.
class CipherVectorsTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void gcm_seals_nothing_as_in_mcgrew_and_viega_case_13() {
        var sealed = OneTime.seal(new byte[32], new byte[0], new byte[0]);

        assertThat(HEX.formatHex(sealed)).isEqualTo("530f8afbc74536b9a963b4f1c4cb738b");
    }

    @Test
    void gcm_seals_a_block_as_in_mcgrew_and_viega_case_14() {
        var sealed = OneTime.seal(new byte[32], new byte[0], new byte[16]);

        assertThat(HEX.formatHex(sealed))
                .isEqualTo("cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919");
    }

    @Test
    void gcm_authenticates_as_in_mcgrew_and_viega_case_16() throws Exception {
        var key = HEX.parseHex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
        var cipher = RecordCipher.make();
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(key, "AES"),
                new GCMParameterSpec(128, HEX.parseHex("cafebabefacedbaddecaf888")));
        cipher.updateAAD(HEX.parseHex("feedfacedeadbeeffeedfacedeadbeefabaddad2"));
        var sealed =
                cipher.doFinal(
                        HEX.parseHex(
                                "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                                        + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"));

        assertThat(HEX.formatHex(sealed))
                .isEqualTo(
                        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                                + "76fc6ece0f4e1768cddf8853bb2d551b");
    }

    @Test
    void gcm_refuses_altered_and_cut_tags() {
        var sealed = OneTime.seal(new byte[32], new byte[3], new byte[5]);

        for (var bit = 0; bit < 8 * sealed.length; bit++) {
            var changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> OneTime.open(new byte[32], new byte[3], changed))
                    .isInstanceOf(AEADBadTagException.class);
        }
        for (var length = 0; length < sealed.length; length++) {
            var cut = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> OneTime.open(new byte[32], new byte[3], cut))
                    .isInstanceOf(AEADBadTagException.class);
        }
    }

    @Test
    void hkdf_extracts_and_expands_as_in_rfc_5869_case_1() {
        var key = HEX.parseHex("0b".repeat(22));
        var salt = HEX.parseHex("000102030405060708090a0b0c");
        var info = HEX.parseHex("f0f1f2f3f4f5f6f7f8f9");
        var okm =
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865";

        assertThat(HEX.formatHex(Hkdf.salted(key, salt, info, 42))).isEqualTo(okm);
        var prk = HEX.parseHex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
        assertThat(HEX.formatHex(Hkdf.expand(prk, info, 42))).isEqualTo(okm);
    }
}
