package org.custodes.store;

import java.util.Arrays;

/// Where a pack's key frames and slots stand, so that a seek reads what it needs and no more.
/// Immutable; [Growing] makes one while a pack is written or scanned.
final class PackIndex {
    static final PackIndex EMPTY = new PackIndex(new long[0], new long[0], new int[0], new long[0]);

    private final long[] keyWalls;
    private final long[] keyOffsets;
    private final int[] slots;
    private final long[] slotOffsets;

    PackIndex(long[] keyWalls, long[] keyOffsets, int[] slots, long[] slotOffsets) {
        this.keyWalls = keyWalls;
        this.keyOffsets = keyOffsets;
        this.slots = slots;
        this.slotOffsets = slotOffsets;
    }

    int keys() {
        return keyWalls.length;
    }

    long keyWall(int key) {
        return keyWalls[key];
    }

    /// Where the key frame's record stands.
    long keyOffset(int key) {
        return keyOffsets[key];
    }

    int slots() {
        return slots.length;
    }

    int slot(int place) {
        return slots[place];
    }

    long slotOffset(int place) {
        return slotOffsets[place];
    }

    /// The last key frame at or before a wallTime, -1 if there is none.
    int lastKeyAtOrBefore(long wall) {
        var key = keys() - 1;
        while (key >= 0 && keyWalls[key] > wall) {
            key--;
        }
        return key;
    }

    /// The first key frame after a wallTime, -1 if there is none.
    int firstKeyAfter(long wall) {
        for (var key = 0; key < keys(); key++) {
            if (keyWalls[key] > wall) {
                return key;
            }
        }
        return -1;
    }

    /// The first key frame that stands at or after an offset, -1 if there is none.
    int firstKeyFrom(long offset) {
        var found = Arrays.binarySearch(keyOffsets, offset);
        var key = found >= 0 ? found : -found - 1;
        return key < keys() ? key : -1;
    }

    /// The last key frame that stands before an offset, -1 if there is none.
    int lastKeyBefore(long offset) {
        var found = Arrays.binarySearch(keyOffsets, offset);
        return (found >= 0 ? found : -found - 1) - 1;
    }

    /// Where a slot's commitment stands, -1 if the pack has none.
    long offsetOfSlot(int slot) {
        for (var place = 0; place < slots.length; place++) {
            if (slots[place] == slot) {
                return slotOffsets[place];
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackIndex index
                && Arrays.equals(keyWalls, index.keyWalls)
                && Arrays.equals(keyOffsets, index.keyOffsets)
                && Arrays.equals(slots, index.slots)
                && Arrays.equals(slotOffsets, index.slotOffsets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(keyOffsets);
    }

    @Override
    public String toString() {
        return "%d key frames, %d slots".formatted(keys(), slots());
    }

    /// An index that is being made, in order of offsets. Not safe for many threads.
    static final class Growing {
        private long[] keyWalls = new long[64];
        private long[] keyOffsets = new long[64];
        private int keys;
        private int[] slots = new int[64];
        private long[] slotOffsets = new long[64];
        private int slotCount;

        void key(long wall, long offset) {
            if (keys == keyWalls.length) {
                keyWalls = Arrays.copyOf(keyWalls, 2 * keys);
                keyOffsets = Arrays.copyOf(keyOffsets, 2 * keys);
            }
            keyWalls[keys] = wall;
            keyOffsets[keys++] = offset;
        }

        void slot(int slot, long offset) {
            if (slotCount == slots.length) {
                slots = Arrays.copyOf(slots, 2 * slotCount);
                slotOffsets = Arrays.copyOf(slotOffsets, 2 * slotCount);
            }
            slots[slotCount] = slot;
            slotOffsets[slotCount++] = offset;
        }

        boolean hasSlot(int slot) {
            for (var place = slotCount - 1; place >= 0; place--) {
                if (slots[place] == slot) {
                    return true;
                }
            }
            return false;
        }

        /// What stands before `end`.
        PackIndex before(long end) {
            var keyEnd = keys;
            while (keyEnd > 0 && keyOffsets[keyEnd - 1] >= end) {
                keyEnd--;
            }
            var slotEnd = slotCount;
            while (slotEnd > 0 && slotOffsets[slotEnd - 1] >= end) {
                slotEnd--;
            }
            return new PackIndex(
                    Arrays.copyOf(keyWalls, keyEnd),
                    Arrays.copyOf(keyOffsets, keyEnd),
                    Arrays.copyOf(slots, slotEnd),
                    Arrays.copyOf(slotOffsets, slotEnd));
        }
    }
}
