package org.custodes.cli;

import java.util.Optional;
import org.custodes.signals.AlarmKind;

/// What is done to a recorder or to one of its cameras.
enum ChaosVerb {
    /// Nothing but the kill that ends the round.
    NOTHING(Reach.NOBODY),

    // One camera's fault.
    DROP(Reach.ONE_CAMERA),
    SWAP(Reach.ONE_CAMERA),
    LATE(Reach.ONE_CAMERA),
    MUTE(Reach.ONE_CAMERA),
    RESET(Reach.ONE_CAMERA),
    CLOSE(Reach.ONE_CAMERA),
    TICKS(Reach.ONE_CAMERA),
    DUPLICATE(Reach.NOBODY),
    CLOCK(Reach.NOBODY),
    SHOW(Reach.NOBODY),

    // The system's own.
    /// SIGSTOP, and SIGCONT a while later.
    PAUSE(Reach.NOBODY),
    /// The database's process is killed.
    DATABASE(Reach.NOBODY),
    /// Viewers of one camera that do not read.
    VIEWERS(Reach.NOBODY),
    /// A sync of the volume fails with EIO.
    SYNC_FAILS(Reach.ALL_CAMERAS),
    /// The n-th write to a file fails with EIO.
    WRITE_FAILS(Reach.ALL_CAMERAS),
    /// No write to a file finds space for a while.
    DISK_FULL(Reach.ALL_CAMERAS),
    /// A sync takes five seconds.
    DISK_SLOW(Reach.NOBODY);

    /// Whose frames it may cost.
    enum Reach {
        NOBODY,
        ONE_CAMERA,
        ALL_CAMERAS
    }

    private final Reach reach;

    ChaosVerb(Reach reach) {
        this.reach = reach;
    }

    Reach reach() {
        return reach;
    }

    /// The alarm that has to be told if this befell the volume; empty if nothing has to be.
    Optional<AlarmKind> alarm() {
        return switch (this) {
            case SYNC_FAILS, WRITE_FAILS -> Optional.of(AlarmKind.VOLUME_FAILED);
            case DISK_FULL -> Optional.of(AlarmKind.VOLUME_FULL);
            // What waits for a disk that is slow for a moment is written a moment later.
            default -> Optional.empty();
        };
    }

    /// Whether it is done by `strace`, which makes system calls fail.
    boolean needsStrace() {
        return switch (this) {
            case SYNC_FAILS, WRITE_FAILS, DISK_FULL, DISK_SLOW -> true;
            default -> false;
        };
    }
}
