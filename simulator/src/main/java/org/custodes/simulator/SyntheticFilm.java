package org.custodes.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.custodes.media.Bytes;
import org.custodes.media.Codec;

/// Makes up access units: parameter sets that any decoder accepts, slices that begin with a true header
/// and go on with random bytes. For load and transport, where no one looks at the picture.
final class SyntheticFilm {
    private static final int GOPS = 4;
    private static final int LEVEL_H264 = 40;
    private static final int LEVEL_H265 = 120; // 4.0, times 30
    private static final int BLOCK_H265 = 64;

    private final Codec codec;
    private final int width;
    private final int height;
    private final boolean reordered;
    private final int slices;
    private final SplittableRandom random;

    SyntheticFilm(Codec codec, int width, int height, boolean reordered, int slices, long seed) {
        if (width < 16
                || height < 16
                || width > 8192
                || height > 8192
                || (width | height) % 2 != 0) {
            throw new IllegalArgumentException(
                    "A picture is 16 to 8192 pixels each way and even, but got %d x %d"
                            .formatted(width, height));
        }
        this.codec = codec;
        this.width = width;
        this.height = height;
        if (slices < 1 || slices > 16) {
            throw new IllegalArgumentException(
                    "A picture has 1 to 16 slices, but got %d".formatted(slices));
        }
        this.reordered = reordered;
        this.slices = slices;
        this.random = new SplittableRandom(seed);
    }

    Clip clip(double fps, int gop, int bytesPerFrame) {
        if (!(fps >= 1 && fps <= 240) || gop < 1 || gop > 10_000) {
            throw new IllegalArgumentException(
                    "A clip has 1 to 240 frames a second and GOPs of 1 to 10000, but got %s and %d"
                            .formatted(fps, gop));
        }
        if (bytesPerFrame < 64 || (long) bytesPerFrame * gop * GOPS > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "A frame has 64 bytes or more and a clip 2 GiB at most, but got %d bytes a frame"
                            .formatted(bytesPerFrame));
        }
        long tick = Math.round(Clip.TICKS_PER_SECOND / fps);
        var sets = parameterSets();
        var units = new ArrayList<AccessUnit>();
        for (int i = 0; i < gop * GOPS; i++) {
            long dts = i * tick;
            boolean key = i % gop == 0;
            units.add(
                    new AccessUnit(
                            unit(key, i % gop, bytesPerFrame, sets),
                            key,
                            dts + waits(i % gop, gop) * tick,
                            dts));
        }
        return Clip.assemble(codec, units, sets, (long) gop * GOPS * tick);
    }

    /// Decoding order I P b P b …, shown I b P b P …: a P waits two frames, a b none, an I one.
    private int waits(int inGop, int gop) {
        if (!reordered) {
            return 0;
        }
        boolean paired = inGop % 2 == 1 && inGop + 1 < gop;
        if (paired) {
            return 2;
        }
        return inGop % 2 == 0 && inGop > 0 ? 0 : 1;
    }

    private Bytes unit(boolean key, int inGop, int bytes, List<Bytes> sets) {
        var unit = new AnnexBBuilder();
        if (key) {
            sets.forEach(set -> unit.add(set.array()));
        }
        int each = Math.max(16, (bytes - unit.size()) / slices - 4);
        for (int slice = 0; slice < slices; slice++) {
            unit.add(slice(key, inGop, slice, each));
        }
        return unit.toBytes();
    }

    private byte[] slice(boolean key, int inGop, int slice, int length) {
        var head =
                codec == Codec.H264 ? h264Slice(key, inGop, slice) : h265Slice(key, inGop, slice);
        var nal = new byte[Math.max(length, head.length)];
        System.arraycopy(head, 0, nal, 0, head.length);
        for (int i = head.length; i < nal.length; i++) {
            nal[i] = (byte) random.nextInt(1, 256); // never 0: no start code can arise
        }
        return nal;
    }

    /// Slices begin at rows of their own, each of one row but the last.
    private byte[] h264Slice(boolean key, int inGop, int slice) {
        int firstBlock = slice * ((width + 15) / 16);
        var bits = new BitWriter().ue(firstBlock).ue(key ? 7 : 5).ue(0).u(4, key ? 0 : inGop % 16);
        if (key) {
            bits.ue(0);
        }
        if (reordered) {
            bits.u(8, 2L * inGop & 0xff);
        }
        return bits.nal(key ? 0x65 : 0x41);
    }

    private byte[] h265Slice(boolean key, int inGop, int slice) {
        var bits = new BitWriter().flag(slice == 0);
        if (key) {
            address(bits.flag(false).ue(0), slice).ue(2);
            return bits.nal(19 << 1, 1);
        }
        address(bits.ue(0), slice).ue(1).u(8, inGop & 0xff);
        return bits.nal(1 << 1, 1);
    }

    /// `slice_segment_address`, which the first slice does not have (H.265 7.3.6.1).
    private BitWriter address(BitWriter bits, int slice) {
        int columns = (width + BLOCK_H265 - 1) / BLOCK_H265;
        int blocks = columns * ((height + BLOCK_H265 - 1) / BLOCK_H265);
        int length = Integer.SIZE - Integer.numberOfLeadingZeros(blocks - 1);
        return slice == 0 ? bits : bits.u(length, (long) slice * columns);
    }

    private List<Bytes> parameterSets() {
        return switch (codec) {
            case H264 -> List.of(Bytes.of(h264Sps()), Bytes.of(h264Pps()));
            case H265 -> List.of(Bytes.of(h265Vps()), Bytes.of(h265Sps()), Bytes.of(h265Pps()));
            case MJPEG -> throw NalUnits.none();
        };
    }

    private byte[] h264Sps() {
        int columns = (width + 15) / 16;
        int rows = (height + 15) / 16;
        var bits = new BitWriter().u(8, 77).u(8, 0).u(8, LEVEL_H264).ue(0).ue(0);
        if (reordered) {
            bits.ue(0).ue(4);
        } else {
            bits.ue(2);
        }
        bits.ue(2).flag(false).ue(columns - 1).ue(rows - 1).flag(true).flag(true);
        int right = (columns * 16 - width) / 2;
        int bottom = (rows * 16 - height) / 2;
        bits.flag(right + bottom > 0);
        if (right + bottom > 0) {
            bits.ue(0).ue(right).ue(0).ue(bottom);
        }
        return bits.flag(false).nal(0x67);
    }

    private static byte[] h264Pps() {
        return new BitWriter()
                .ue(0)
                .ue(0)
                .u(2, 0)
                .ue(0)
                .ue(0)
                .ue(0)
                .u(3, 0)
                .ue(0) // three signed zeros look as unsigned ones
                .ue(0)
                .ue(0)
                .u(3, 0)
                .nal(0x68);
    }

    private byte[] h265Vps() {
        var bits = new BitWriter().u(4, 0).u(2, 3).u(6, 0).u(3, 0).flag(true).u(16, 0xffff);
        profile(bits);
        ordering(bits);
        return bits.u(6, 0).ue(0).u(2, 0).nal(NalUnits.H265_VPS << 1, 1);
    }

    private byte[] h265Sps() {
        int codedWidth = (width + 7) / 8 * 8;
        int codedHeight = (height + 7) / 8 * 8;
        var bits = new BitWriter().u(4, 0).u(3, 0).flag(true);
        profile(bits);
        bits.ue(0).ue(1).ue(codedWidth).ue(codedHeight);
        int right = (codedWidth - width) / 2;
        int bottom = (codedHeight - height) / 2;
        bits.flag(right + bottom > 0);
        if (right + bottom > 0) {
            bits.ue(0).ue(right).ue(0).ue(bottom);
        }
        bits.ue(0).ue(0).ue(4);
        ordering(bits);
        bits.ue(0).ue(3).ue(0).ue(3).ue(0).ue(0);
        return bits.u(4, 0).ue(0).u(5, 0).nal(NalUnits.H265_SPS << 1, 1);
    }

    private static byte[] h265Pps() {
        return new BitWriter()
                .ue(0)
                .ue(0)
                .u(7, 0)
                .ue(0)
                .ue(0)
                .ue(0)
                .u(3, 0)
                .ue(0)
                .ue(0)
                .u(10, 0)
                .ue(0)
                .u(2, 0)
                .nal(NalUnits.H265_PPS << 1, 1);
    }

    /// Main profile, progressive, level 4.0 (H.265 7.3.3).
    private static void profile(BitWriter bits) {
        bits.u(8, 1).u(32, 0x6000_0000).u(4, 9).u(44, 0).u(8, LEVEL_H265);
    }

    private void ordering(BitWriter bits) {
        bits.flag(true).ue(4).ue(reordered ? 2 : 0).ue(0);
    }
}
