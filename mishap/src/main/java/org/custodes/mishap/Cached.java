package org.custodes.mishap;

import java.util.ArrayList;
import java.util.List;

/// A value as the running machine sees it, and the versions of it of which the disk may hold any one.
///
/// @param <T> of an immutable value
final class Cached<T> {
    /// More versions of one value between two syncs than this are thinned out; the first, which is on
    /// the disk for sure, and the newest stay.
    private static final int MOST = 12;

    private final List<Version<T>> older = new ArrayList<>(0);
    private Version<T> now;
    private boolean dirty;

    /// @param step which step of the disk made it
    record Version<T>(T value, long step) {}

    /// A value that is on the disk.
    Cached(T value) {
        now = new Version<>(value, 0);
    }

    T now() {
        return now.value();
    }

    void set(T value, long step) {
        older.add(now);
        if (older.size() > MOST) {
            older.remove(1);
        }
        now = new Version<>(value, step);
        dirty = true;
    }

    /// A sync came back well: what was written since the last one is on the disk.
    void synced() {
        if (dirty) {
            older.clear();
            dirty = false;
        }
    }

    /// A sync failed: the machine takes the value for written and never writes it again, and nobody
    /// knows whether it was. A later sync that succeeds proves nothing (fsyncgate).
    void lost() {
        dirty = false;
    }

    /// All that the disk may hold, the oldest first.
    List<Version<T>> versions() {
        var all = new ArrayList<>(older);
        all.add(now);
        return all;
    }

    boolean isSure() {
        return older.isEmpty();
    }

    /// The value as it is on the disk if power fails at a time at which all later steps were still to
    /// come. A value that a failed sync left may have any version.
    boolean isDirty() {
        return dirty;
    }
}
