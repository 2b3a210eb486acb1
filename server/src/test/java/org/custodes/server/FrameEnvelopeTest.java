package org.custodes.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FrameEnvelopeTest {

    @Test
    void is_laid_out_as_the_api_page_says() {
        var message =
                FrameEnvelope.wrap(
                        0xfffffffeL,
                        FrameEnvelope.KEY | FrameEnvelope.NOT_SHOWN,
                        0xabcd,
                        1_795_312_800_000_001L,
                        -90_000L,
                        new byte[] {0, 0, 0, 1, 0x65});

        var bytes = new byte[message.remaining()];
        message.get(bytes);
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo(
                        "fffffffe"
                                + "01"
                                + "09"
                                + "abcd"
                                + "000660d3d5b46801"
                                + "fffffffffffea070"
                                + "0000000165");
    }
}
