package org.custodes.vault;

/// What a record's header tells in clear of a frame.
///
/// @param wallMicros the recorder's clock at arrival, in microseconds since 1970 UTC; chooses the slot
/// @param mediaTime the camera's clock in 90 kHz ticks
/// @param cameraMicros the camera's wall clock in microseconds since 1970 UTC, or
///     [RecordHeader#UNTOLD]; chooses nothing
/// @param key whether decoding can begin here: a GOP begins with this frame
/// @param damaged whether parts of the frame were lost on the way
public record FrameStamp(
        long wallMicros, long mediaTime, long cameraMicros, boolean key, boolean damaged) {

    int flags() {
        return (key ? RecordHeader.KEY : 0) | (damaged ? RecordHeader.DAMAGED : 0);
    }
}
