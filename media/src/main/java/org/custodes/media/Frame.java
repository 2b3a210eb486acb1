package org.custodes.media;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One access unit of a video track, its bytes as the camera sent them and in that order.
///
/// @param codec which codec
/// @param added parameter sets that its GOP needs and that the camera did not send with this frame
///     (they came in the SDP or earlier): NAL units with 4-byte start codes; empty unless `key`. For
///     MJPEG the image's headers, which RTP carries in a shorter form
/// @param data the NAL units as received, each behind a 4-byte start code (Annex B). For MJPEG the
///     image's scan as received, with an end marker put behind it if it had none
/// @param key whether decoding can begin here (an IDR or, in H.265, any IRAP picture; every picture of
///     MJPEG)
/// @param damaged whether packets of this frame were lost; such a frame is kept and marked, and
///     its `data` holds only NAL units that arrived whole, or a scan up to where it broke off
/// @param mediaTime the camera's clock in 90 kHz ticks, unwrapped: presentation order
/// @param cameraTime the camera's wall clock by its RTCP sender reports, where it tells one
/// @param arrivalNanos `System.nanoTime` when the frame was complete (its marker bit arrived)
public record Frame(
        Codec codec,
        Bytes added,
        Bytes data,
        boolean key,
        boolean damaged,
        long mediaTime,
        @Nullable Instant cameraTime,
        long arrivalNanos) {

    public Frame {
        Objects.requireNonNull(codec);
        Objects.requireNonNull(added);
        Objects.requireNonNull(data);
    }
}
