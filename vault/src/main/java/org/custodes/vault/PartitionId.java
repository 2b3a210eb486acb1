package org.custodes.vault;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.Arrays;

/// Names one partition of the key store: the rows that live in one page, under one key, and that can be
/// dropped together.
sealed interface PartitionId extends Comparable<PartitionId> {

    /// The trees of one UTC day, class and retention policy.
    ///
    /// @param policy 0 to 65533; [#HOLDS] is where copies for holds live, so that they outlast a day;
    ///     [#RESTRICTED] is where nodes lie that nobody may play
    record Trees(LocalDate day, int policy, int mediaClass) implements PartitionId {
        static final int FIRST_POLICY = 0;
        static final int RESTRICTED = 0xfffe;
        static final int HOLDS = 0xffff;
        static final int KIND = 1;

        @Override
        public int kind() {
            return KIND;
        }

        @Override
        public byte[] position() {
            return ByteBuffer.allocate(4 + 2 + 1)
                    .putInt(Math.toIntExact(day.toEpochDay()))
                    .putShort((short) policy)
                    .put((byte) mediaClass)
                    .array();
        }
    }

    /// The named keys of one kind.
    record Names(String kindOfKey) implements PartitionId {
        static final int KIND = 2;

        @Override
        public int kind() {
            return KIND;
        }

        @Override
        public byte[] position() {
            return Ascii.of(kindOfKey);
        }
    }

    /// What is kept of punctures until their receipts are durable elsewhere.
    record Destructions() implements PartitionId {
        static final int KIND = 3;

        @Override
        public int kind() {
            return KIND;
        }

        @Override
        public byte[] position() {
            return new byte[0];
        }
    }

    /// As pages and the index number it.
    int kind();

    /// What, beside its header, a page of this partition is bound to.
    byte[] position();

    @Override
    default int compareTo(PartitionId other) {
        return kind() != other.kind()
                ? Integer.compare(kind(), other.kind())
                : Arrays.compareUnsigned(position(), other.position());
    }
}
