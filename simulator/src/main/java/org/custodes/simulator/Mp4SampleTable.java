package org.custodes.simulator;

import java.nio.ByteBuffer;

/// Where the samples of a track lie and when they are decoded and shown (ISO/IEC 14496-12 sections
/// 8.6 and 8.7). Every count is checked against the bytes that are there before anything is allocated.
final class Mp4SampleTable {
    private static final int MOST_SAMPLES = 4_000_000; // 44 hours at 25 frames a second

    private final long[] offsets;
    private final int[] sizes;
    private final long[] decodeTimes;
    private final long[] showTimes;
    private long end;

    Mp4SampleTable(Mp4Box stbl) {
        this.sizes = readSizes(stbl.at("stsz").payload());
        this.offsets = readOffsets(stbl);
        this.decodeTimes = readDecodeTimes(stbl.at("stts").payload());
        this.showTimes = decodeTimes.clone();
        if (stbl.has("ctts")) {
            shiftShowTimes(stbl.at("ctts").payload());
        }
    }

    int count() {
        return sizes.length;
    }

    long offset(int sample) {
        return offsets[sample];
    }

    int size(int sample) {
        return sizes[sample];
    }

    /// In units of the track's time scale; never falls from one sample to the next.
    long decodeTime(int sample) {
        return decodeTimes[sample];
    }

    /// In units of the track's time scale; never before the decode time.
    long showTime(int sample) {
        return showTimes[sample];
    }

    /// When the last sample's time is over.
    long end() {
        return end;
    }

    private static int[] readSizes(ByteBuffer stsz) {
        require(stsz, 12, "stsz");
        int same = stsz.getInt(4);
        int count = stsz.getInt(8);
        if (count < 1 || count > MOST_SAMPLES || same < 0) {
            throw new ClipUnreadableException(
                    "The film's video track has %d samples, and 1 to %d can be shown. A film in"
                                    .formatted(count & 0xffff_ffffL, MOST_SAMPLES)
                            + " fragments must be put into a plain MP4 first");
        }
        if (same == 0) {
            require(stsz, 12 + 4L * count, "stsz");
        }
        var sizes = new int[count];
        for (int i = 0; i < count; i++) {
            sizes[i] = same == 0 ? stsz.getInt(12 + 4 * i) : same;
        }
        return sizes;
    }

    private long[] readOffsets(Mp4Box stbl) {
        boolean wide = stbl.has("co64");
        var chunks = stbl.at(wide ? "co64" : "stco").payload();
        int chunkCount = entries(chunks, wide ? 8 : 4, "stco");
        var runs = stbl.at("stsc").payload();
        int runCount = entries(runs, 12, "stsc");
        var result = new long[sizes.length];
        int sample = 0;
        int run = 0;
        for (int chunk = 0; chunk < chunkCount && sample < sizes.length; chunk++) {
            while (run + 1 < runCount && runs.getInt(8 + 12 * (run + 1)) <= chunk + 1) {
                run++;
            }
            int inChunk = runCount == 0 ? 0 : runs.getInt(12 + 12 * run);
            long at =
                    wide
                            ? chunks.getLong(8 + 8 * chunk)
                            : chunks.getInt(8 + 4 * chunk) & 0xffff_ffffL;
            for (int i = 0; i < inChunk && sample < sizes.length; i++) {
                result[sample] = at;
                at += sizes[sample];
                sample++;
            }
        }
        if (sample < sizes.length) {
            throw new ClipUnreadableException(
                    "The film's index is damaged: it places %d of its %d samples"
                            .formatted(sample, sizes.length));
        }
        return result;
    }

    private long[] readDecodeTimes(ByteBuffer stts) {
        int runs = entries(stts, 8, "stts");
        var times = new long[sizes.length];
        long time = 0;
        int sample = 0;
        long step = 1;
        for (int run = 0; run < runs && sample < times.length; run++) {
            int count = stts.getInt(8 + 8 * run);
            step = Math.max(1, stts.getInt(12 + 8 * run));
            for (int i = 0; i < count && sample < times.length; i++) {
                times[sample++] = time;
                time += step;
            }
        }
        for (; sample < times.length; sample++) {
            times[sample] = time;
            time += step;
        }
        end = time;
        return times;
    }

    /// Offsets may be negative (version 1); all are lifted by the least one, so that nothing is shown
    /// before it is decoded.
    private void shiftShowTimes(ByteBuffer ctts) {
        int runs = entries(ctts, 8, "ctts");
        int sample = 0;
        long least = 0;
        for (int run = 0; run < runs; run++) {
            int count = ctts.getInt(8 + 8 * run);
            int shift = ctts.getInt(12 + 8 * run);
            for (int i = 0; i < count && sample < showTimes.length; i++) {
                showTimes[sample++] += shift;
                least = Math.min(least, shift);
            }
        }
        for (int i = 0; i < showTimes.length; i++) {
            showTimes[i] -= least;
        }
    }

    /// How many entries of `width` bytes follow, having checked that they are there.
    private static int entries(ByteBuffer table, int width, String name) {
        require(table, 8, name);
        int count = table.getInt(4);
        require(table, count < 0 ? Long.MAX_VALUE : 8 + (long) count * width, name);
        return count;
    }

    private static void require(ByteBuffer table, long bytes, String name) {
        if (table.limit() < bytes) {
            throw new ClipUnreadableException(
                    "The film's index is damaged: its box %s needs more than its %d bytes"
                            .formatted(name, table.limit()));
        }
    }
}
