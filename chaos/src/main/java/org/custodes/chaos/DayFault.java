package org.custodes.chaos;

import static org.custodes.media.GapCause.CAMERA_ENDED;
import static org.custodes.media.GapCause.CAMERA_REFUSED;
import static org.custodes.media.GapCause.CAMERA_SILENT;
import static org.custodes.media.GapCause.CAMERA_UNREACHABLE;
import static org.custodes.media.GapCause.CLOCK_STEPPED;
import static org.custodes.media.GapCause.DISK_FAILED;
import static org.custodes.media.GapCause.DISK_FULL;
import static org.custodes.media.GapCause.DISK_SLOW;
import static org.custodes.media.GapCause.RECORDER_KILLED;
import static org.custodes.media.GapCause.RECORDER_STARTED;
import static org.custodes.media.GapCause.RECORDER_STOPPED;
import static org.custodes.media.GapCause.UNKNOWN;

import java.time.Duration;
import java.util.Set;
import org.custodes.media.GapCause;

/// Something that is done to a day of a recorder, and what it may cost.
///
/// @param camera whose fault it is, or [#ALL]
/// @param fromNanos when it began, by the monotonic clock
/// @param untilNanos when it is over, and what was done about it too
record DayFault(Kind kind, int camera, long fromNanos, long untilNanos) {
    static final int ALL = -1;

    /// What a camera or the machine does.
    enum Kind {
        /// The connection stands and nothing comes.
        SILENT(true, 45, CAMERA_SILENT),
        /// The connection breaks; the next one stands.
        RESET(true, 15, CAMERA_ENDED),
        /// The connection breaks and nobody answers for a while.
        AWAY(true, 45, CAMERA_ENDED, CAMERA_UNREACHABLE),
        /// It breaks, and for a while the camera says no.
        REFUSES(true, 45, CAMERA_ENDED, CAMERA_REFUSED),
        /// Some frames do not arrive, of which the receiver is told.
        DROPS(true, 0),
        /// The camera's own clock is set, by hours.
        CAMERA_CLOCK(true, 0),
        /// The camera sends another size of picture from its next key frame on.
        SIZE(true, 0),
        /// Something in the program that reads this camera fails in a way that nobody thought of.
        ERROR(true, 15, UNKNOWN),
        /// Each step of the volume fails for a while.
        DISK_ERRORS(false, 30, DISK_FAILED, DISK_FULL, DISK_SLOW),
        /// No write to the volume finds room for a while.
        DISK_FULL_UP(false, 30, DISK_FAILED, DISK_FULL, DISK_SLOW),
        /// One sync of the volume fails.
        SYNC_FAILS(false, 30, DISK_FAILED, DISK_FULL, DISK_SLOW),
        /// The volume stands still, and the cameras go on.
        STALL(false, 0),
        /// Somebody sets the clock of the machine.
        CLOCK(false, 15, CLOCK_STEPPED),
        /// An orderly stop, and a start a while later.
        RESTART(false, 15, RECORDER_STOPPED, RECORDER_STARTED),
        /// The process is killed.
        KILL(false, 15, RECORDER_KILLED, RECORDER_STARTED),
        /// The power is cut.
        POWER(false, 15, RECORDER_KILLED, RECORDER_STARTED);

        /// What a failed pack or a kill can take of the time before it: a batch waits for a second, a sync
        /// for two.
        private static final Duration UNSYNCED = Duration.ofSeconds(5);

        private final boolean ofCamera;
        private final int secondsAfter;

        @SuppressWarnings("ImmutableEnumChecker") // It is: made by Set.of.
        private final Set<GapCause> causes;

        Kind(boolean ofCamera, int secondsAfter, GapCause... causes) {
            this.ofCamera = ofCamera;
            this.secondsAfter = secondsAfter;
            this.causes = Set.of(causes);
        }

        boolean isOfCamera() {
            return ofCamera;
        }

        /// Until the longest wait for the next try, or for the next key frame, is over.
        Duration after() {
            return Duration.ofSeconds(secondsAfter);
        }
    }

    static DayFault of(Kind kind, int camera, long nanos, Duration lasts) {
        return new DayFault(
                kind,
                camera,
                nanos - (kind.isOfCamera() ? 0 : Kind.UNSYNCED.toNanos()),
                nanos + lasts.plus(kind.after()).toNanos());
    }

    /// Whether it excuses that nothing is there of this camera at that moment.
    boolean excuses(int ofCamera, long nanos) {
        return costs(ofCamera) && nanos >= fromNanos && nanos <= untilNanos;
    }

    /// Whether it explains a gap of this camera between two of its frames.
    boolean explains(int ofCamera, long afterNanos, long beforeNanos, GapCause cause) {
        return costs(ofCamera)
                && kind.causes.contains(cause)
                && fromNanos <= beforeNanos
                && untilNanos >= afterNanos;
    }

    private boolean costs(int ofCamera) {
        return !kind.causes.isEmpty() && (camera == ALL || camera == ofCamera);
    }
}
