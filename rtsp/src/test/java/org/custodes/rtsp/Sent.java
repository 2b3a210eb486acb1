package org.custodes.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.custodes.media.Frame;
import org.custodes.simulator.FrameLog;
import org.custodes.simulator.SimulatedCamera;

/// What a simulated camera says that it sent, against what came.
final class Sent {
    private Sent() {}

    static RtspAddress address(SimulatedCamera camera) {
        return RtspAddress.of(camera.uri(), InetAddress.getLoopbackAddress());
    }

    /// The frames are consecutive ones of the log, byte for byte and tick for tick.
    static void assertSame(List<Frame> frames, FrameLog log) {
        var first = of(log, frames.getFirst());
        for (var i = 0; i < frames.size(); i++) {
            var frame = frames.get(i);
            var original = log.frame(first.number() + i).orElseThrow();
            assertThat(isPicture(frame, original)).as("frame %d as sent", i).isTrue();
            assertThat(frame.key()).isEqualTo(original.unit().key());
            assertThat(frame.damaged()).isFalse();
            assertThat(frame.added().isEmpty()).isEqualTo(frame.codec().hasNalUnits());
            assertThat(frame.mediaTime() - frames.getFirst().mediaTime())
                    .isEqualTo(original.mediaTime() - first.mediaTime());
        }
    }

    /// Of an image, RTP carries the scan alone, which is its end.
    private static boolean isPicture(Frame frame, FrameLog.Sent sent) {
        var got = frame.data();
        var original = sent.unit().data();
        var start = frame.codec().hasNalUnits() ? 0 : original.length() - got.length();
        return start >= 0
                && Arrays.equals(
                        original.array(), start, original.length(), got.array(), 0, got.length());
    }

    /// Whoever came whole came as it was sent.
    static void assertWholeOnesSame(List<Frame> frames, FrameLog log) {
        for (var frame : frames) {
            if (!frame.damaged()) {
                assertThat(isPicture(frame, of(log, frame))).isTrue();
            }
        }
    }

    /// The clip goes round: of the times that these bytes were sent it was the last before they came.
    static FrameLog.Sent of(FrameLog log, Frame frame) {
        return log.frames().stream()
                .filter(sent -> sent.nanoTime() <= frame.arrivalNanos())
                .filter(sent -> isPicture(frame, sent))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }
}
