package org.custodes.vault;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.Arrays;

/// Names all trees, and all copies for holds, of one class and UTC day: what one hash of the table is
/// over.
record DayId(LocalDate day, int mediaClass) implements Comparable<DayId> {

    static DayId of(TreeId tree) {
        return new DayId(tree.day(), tree.mediaClass());
    }

    static DayId of(PartitionId.Trees partition) {
        return new DayId(partition.day(), partition.mediaClass());
    }

    /// `i32 day | u8 class`.
    byte[] position() {
        return ByteBuffer.allocate(4 + 1)
                .putInt(Math.toIntExact(day.toEpochDay()))
                .put((byte) mediaClass)
                .array();
    }

    @Override
    public int compareTo(DayId other) {
        return Arrays.compareUnsigned(position(), other.position());
    }
}
