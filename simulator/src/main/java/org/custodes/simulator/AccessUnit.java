package org.custodes.simulator;

import java.util.Objects;
import org.custodes.media.Bytes;

/// One access unit of a clip, as it is sent.
///
/// @param data the NAL units in decoding order, each behind a 4-byte start code (Annex B); a key unit
///     begins with the parameter sets that decode it
/// @param key whether decoding can begin here
/// @param pts when it is shown, in 90 kHz ticks since the clip's first decoding time; never before `dts`
/// @param dts when it is sent and decoded, in 90 kHz ticks since the clip's start
public record AccessUnit(Bytes data, boolean key, long pts, long dts) {

    public AccessUnit {
        Objects.requireNonNull(data);
        if (dts < 0 || pts < dts) {
            throw new IllegalArgumentException(
                    "An access unit is decoded at or after 0 and shown no earlier than decoded,"
                            + " but got dts %d and pts %d".formatted(dts, pts));
        }
    }
}
