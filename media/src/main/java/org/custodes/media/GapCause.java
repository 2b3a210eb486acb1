package org.custodes.media;

import java.util.Locale;

/// Why nothing was recorded for a while (invariant I9: absence is explained).
public enum GapCause {
    /// No gap: the recording goes on in a new pack.
    CONTINUES(0),
    CAMERA_ADDED(1),
    RECORDER_STARTED(2),
    RECORDER_STOPPED(3),
    /// The recorder died without stopping.
    RECORDER_KILLED(4),
    /// The camera's connection stands, but it sends nothing.
    CAMERA_SILENT(5),
    CAMERA_UNREACHABLE(6),
    /// The camera refused: wrong credentials, unknown path, no video that we can take.
    CAMERA_REFUSED(7),
    CAMERA_ENDED(8),
    CAMERA_REMOVED(9),
    CAMERA_OFF(10),
    PACKETS_LOST(11),
    DISK_FULL(12),
    DISK_SLOW(13),
    DISK_FAILED(14),
    CLOCK_STEPPED(15),
    KEY_STORE_UNAVAILABLE(16),
    CODEC_CHANGED(17),
    /// Records are there but do not verify: they were altered, or the disk lost bits.
    UNREADABLE(18),
    /// Records are there but their keys are gone.
    EXPIRED(19),
    /// The camera showed another certificate than the one that it is known by.
    CERTIFICATE_CHANGED(20),
    /// The camera is not encrypted, and its site takes encrypted ones only.
    ENCRYPTION_REQUIRED(21),
    UNKNOWN(255);

    private final int number;

    GapCause(int number) {
        this.number = number;
    }

    /// The number used in formats, 0 to 255.
    public int number() {
        return number;
    }

    /// The word used in the API, such as `camera-silent`.
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The cause with that number; [#UNKNOWN] for numbers of later versions.
    public static GapCause ofNumber(int number) {
        for (var cause : values()) {
            if (cause.number == number) {
                return cause;
            }
        }
        return UNKNOWN;
    }
}
