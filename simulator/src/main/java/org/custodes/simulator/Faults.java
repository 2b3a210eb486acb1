package org.custodes.simulator;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What goes wrong with packets on their way: lost, swapped with the next, sent twice. Owned by the
/// loop's thread.
final class Faults {
    private int drops;
    private int swaps;
    private int duplicates;
    private int lates;
    private int lateBy;
    private double dropRate;
    private @Nullable SplittableRandom dropDice;

    void drop(int packets) {
        drops = packets;
    }

    void dropRate(double rate, long seed) {
        dropRate = rate;
        dropDice = rate == 0 ? null : new SplittableRandom(seed);
    }

    void swap(int pairs) {
        swaps = pairs;
    }

    void duplicate(int packets) {
        duplicates = packets;
    }

    void late(int packets, int behind) {
        lates = packets;
        lateBy = behind;
    }

    boolean none() {
        return drops == 0 && swaps == 0 && duplicates == 0 && lates == 0 && dropDice == null;
    }

    /// Behind how many others the next packet comes: 0 for most.
    int nextIsLateBy() {
        if (lates == 0) {
            return 0;
        }
        lates--;
        return lateBy;
    }

    /// Which of `packets`, by index and in which order, are sent of them.
    int[] arrange(int[] packets) {
        var out = IntStream.builder();
        for (int i = 0; i < packets.length; i++) {
            if (swaps > 0 && i + 1 < packets.length) {
                swaps--;
                pass(packets[i + 1], out);
                pass(packets[i], out);
                i++;
            } else {
                pass(packets[i], out);
            }
        }
        return out.build().toArray();
    }

    private void pass(int packet, IntStream.Builder out) {
        if (drops > 0) {
            drops--;
            return;
        }
        if (dropDice != null && dropDice.nextDouble() < dropRate) {
            return;
        }
        out.add(packet);
        if (duplicates > 0) {
            duplicates--;
            out.add(packet);
        }
    }
}
