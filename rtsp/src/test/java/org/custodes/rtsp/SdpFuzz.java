package org.custodes.rtsp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.custodes.fuzz.HostileInput;

/// How a camera describes itself, and what is chosen of it.
public final class SdpFuzz {
    private SdpFuzz() {}

    static List<byte[]> seeds() {
        return Stream.of(
                        "axis-like",
                        "dahua-like",
                        "hikvision-like",
                        "no-rtpmap",
                        "reolink-like",
                        "two-videos",
                        "wrong-payload-map")
                .map(SdpFuzz::corpus)
                .toList();
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        HostileInput.withinBounds(() -> {
            try {
                var sdp = Sdp.read(input);
                var choice = TrackChoice.of(sdp);
                var _ = choice.beside(sdp);
                var _ = choice.sets().config();
            } catch (RtspException refused) {
                // As it should be.
            }
        });
    }

    private static byte[] corpus(String name) {
        try (var in = SdpFuzz.class.getResourceAsStream("/sdp/" + name + ".sdp")) {
            var text =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return text.getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
