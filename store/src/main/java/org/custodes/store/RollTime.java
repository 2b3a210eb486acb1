package org.custodes.store;

import org.custodes.media.TrackId;

/// When a pack has to make room for the next one. All times in microseconds.
///
/// Tracks roll on a grid of 9 min, each shifted by a part of its id, so that 200 cameras do not make
/// 200 files in the same second. The tenth minute is for waiting for a key frame.
final class RollTime {
    private static final long GRID = 9 * Wall.MINUTE;
    private static final long LONGEST = 10 * Wall.MINUTE;
    private static final long SHORTEST = 30 * Wall.SECOND;

    /// Within this time of its key frame a record is sealed under the key frame's slot, so that it
    /// may still go into a pack whose day is over. The same figure as the vault's.
    private static final long GOP_BOUND = Wall.MINUTE;

    /// A pack's offsets are written in 32 bits; beyond this size it rolls long before.
    private static final long LARGEST = 1L << 30;

    private final long start;
    private final long midnight;
    private final long wanted;

    RollTime(TrackId track, long start) {
        this.start = start;
        this.midnight = Wall.startOf(Wall.day(start).plusDays(1));
        var camera = track.camera().value();
        var mixed =
                (camera.getMostSignificantBits()
                                ^ camera.getLeastSignificantBits()
                                ^ track.stream())
                        * 0x9E3779B97F4A7C15L;
        var shift = Math.floorMod(mixed, GRID);
        var next = Math.floorDiv(start - shift, GRID) * GRID + shift + GRID;
        this.wanted = next - start < SHORTEST ? next + GRID : next;
    }

    /// Whether a key frame at `wall` belongs in the next pack.
    boolean wants(long wall, long size) {
        return wall >= wanted || wall >= midnight || wall < start || size >= LARGEST;
    }

    /// Whether no frame at `wall` may go into this pack.
    boolean must(long wall, long lastKey, long size) {
        var day = wall >= midnight && wall - lastKey > GOP_BOUND;
        // Half as large again as the size at which a key frame would have been enough.
        return day || wall - start >= LONGEST || size >= LARGEST + LARGEST / 2;
    }
}
