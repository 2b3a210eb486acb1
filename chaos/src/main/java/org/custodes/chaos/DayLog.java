package org.custodes.chaos;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;

/// What one camera made in its day, frame by frame: the oracle's own knowledge. Its arrays are made for
/// the whole day at once, so that they do not count as growth.
final class DayLog {
    private final int[] crcs;
    private final long[] nanos;
    private final long[] micros;
    private final int[] days;
    private final BitSet sent;
    private final BitSet dropped;
    private final BitSet played;
    private int count;
    private int promised = -1;

    DayLog(int most) {
        crcs = new int[most];
        nanos = new long[most];
        micros = new long[most];
        days = new int[most];
        sent = new BitSet(most);
        dropped = new BitSet(most);
        played = new BitSet(most);
    }

    void made(int crc, long arrival, Instant wall, boolean wasSent) {
        crcs[count] = crc;
        nanos[count] = arrival;
        micros[count] = ChronoUnit.MICROS.between(Instant.EPOCH, wall);
        sent.set(count, wasSent);
        count++;
    }

    /// It was lost on its way, of which the receiver was told.
    void dropped(int number) {
        dropped.set(number);
    }

    /// It is played, out of a pack of that day.
    void played(int number, long epochDay) {
        played.set(number);
        days[number] = (int) epochDay;
    }

    /// The recorder says that all up to that moment survives a power cut.
    void synced(Instant through) {
        var at = ChronoUnit.MICROS.between(Instant.EPOCH, through);
        for (var number = count - 1; number > promised; number--) {
            if (micros[number] == at) {
                promised = number;
                return;
            }
        }
    }

    int count() {
        return count;
    }

    int promised() {
        return promised;
    }

    int crc(int number) {
        return crcs[number];
    }

    long nanos(int number) {
        return nanos[number];
    }

    long micros(int number) {
        return micros[number];
    }

    int day(int number) {
        return days[number];
    }

    boolean sent(int number) {
        return sent.get(number) && !dropped.get(number);
    }

    boolean lostOnItsWay(int number) {
        return dropped.get(number);
    }

    BitSet played() {
        return played;
    }

    int sentCount() {
        return sent.cardinality();
    }
}
