package org.custodes.vault;

/// A record's header, which stands in clear before its sealed body and is authenticated with it.
/// `docs/formats/pack.md` gives the bytes.
///
/// @param stream the stream number of the track (the camera and class stand in the pack header)
/// @param number the record's number in its pack, from 0; used once, also when its write failed
/// @param slot the 10 s slot of the tree's day it is sealed under, 0 to 8639
/// @param wallMicros the recorder's clock at arrival, in microseconds since 1970 UTC
/// @param mediaTime the camera's clock in 90 kHz ticks
/// @param cameraMicros the camera's wall clock in microseconds since 1970, or [#UNTOLD]
/// @param flags a sum of [#KEY], [#DAMAGED], [#END]
public record RecordHeader(
        int stream,
        long number,
        int slot,
        long wallMicros,
        long mediaTime,
        long cameraMicros,
        int flags) {

    /// Stands for a camera time that was not told.
    public static final long UNTOLD = Long.MIN_VALUE;

    /// Decoding can begin here.
    public static final int KEY = 1;

    /// Parts of this frame were lost on the way.
    public static final int DAMAGED = 2;

    /// The pack's last record: seals the count and the hash of all tags, holds no picture.
    public static final int END = 4;

    public RecordHeader {
        if (stream < 0
                || stream > 255
                || number < 0
                || slot < 0
                || slot >= 8640
                || flags < 0
                || flags > 255) {
            throw new IllegalArgumentException(
                    "A record header is out of range: stream %d, number %d, slot %d, flags %d"
                            .formatted(stream, number, slot, flags));
        }
    }

    public boolean key() {
        return (flags & KEY) != 0;
    }

    public boolean damaged() {
        return (flags & DAMAGED) != 0;
    }

    public boolean end() {
        return (flags & END) != 0;
    }
}
