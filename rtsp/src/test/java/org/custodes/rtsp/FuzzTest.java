package org.custodes.rtsp;

import java.io.IOException;
import org.custodes.fuzz.Fuzzing;
import org.junit.jupiter.api.Test;

/// No input that a camera may send crashes its reader, hangs it, or costs more than its bound.
class FuzzTest {

    @Test
    void rtsp() throws IOException, InterruptedException {
        new Fuzzing(RtspFuzz.class).run(RtspFuzz.seeds());
    }

    @Test
    void sdp() throws IOException, InterruptedException {
        new Fuzzing(SdpFuzz.class).run(SdpFuzz.seeds());
    }

    @Test
    void rtp() throws IOException, InterruptedException {
        new Fuzzing(RtpFuzz.class).run(RtpFuzz.seeds());
    }
}
