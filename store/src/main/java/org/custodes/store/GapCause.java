package org.custodes.store;

/// Why nothing was recorded for a while (DESIGN I9: absence is explained). The numbers stand in packs
/// and catalogues and never change.
public enum GapCause {
    /// No gap: the pack goes on where the one before it ended.
    CONTINUES(0),
    /// The camera's first pack.
    CAMERA_ADDED(1),
    RECORDER_STARTED(2),
    RECORDER_STOPPED(3),
    /// The recorder ended without closing its packs: killed, or the power failed.
    RECORDER_KILLED(4),
    /// Connected, and nothing came.
    CAMERA_SILENT(5),
    CAMERA_UNREACHABLE(6),
    /// The camera answered and would not send, for instance because of a wrong password.
    CAMERA_REFUSED(7),
    /// The camera ended the session.
    CAMERA_ENDED(8),
    CAMERA_REMOVED(9),
    /// Recording of this camera is switched off.
    CAMERA_OFF(10),
    PACKETS_LOST(11),
    DISK_FULL(12),
    DISK_SLOW(13),
    DISK_FAILED(14),
    CLOCK_STEPPED(15),
    KEY_STORE_UNAVAILABLE(16),
    CODEC_CHANGED(17),
    UNKNOWN(18);

    private final int number;

    GapCause(int number) {
        this.number = number;
    }

    /// The number used in formats.
    public int number() {
        return number;
    }

    static GapCause ofNumber(int number) {
        for (var cause : values()) {
            if (cause.number == number) {
                return cause;
            }
        }
        throw new IllegalArgumentException("No gap cause has the number %d".formatted(number));
    }
}
