package org.custodes.rtsp;

import java.time.Duration;
import java.util.OptionalInt;

/// The one sender (SSRC) whose packets a track takes: who it is, what of it is missing, and the
/// figures that a receiver report tells about it (RFC 3550 sections 6.4.1 and A.3).
final class RtpSource {
    /// How long a sender is silent before another one may take its place.
    private static final long SUCCESSION_NANOS = Duration.ofSeconds(1).toNanos();

    /// A step of the sequence number beyond which nobody can tell loss from a new beginning.
    private static final int LONGEST_GAP = 3_000;

    /// How far a late or repeated packet may lie behind.
    private static final int LONGEST_DELAY = 100;

    /// What a packet is to this source.
    enum Arrival {
        NEXT,
        AFTER_GAP,
        /// A new sender, or a numbering begun anew: nothing before it belongs to it.
        FIRST,
        REPEATED,
        FOREIGN
    }

    private final OptionalInt announced;
    private boolean known;
    private int source;
    private long heardNanos;
    private int expected;
    private int gap;

    private long received;
    private long numbered;
    private long receivedAtReport;
    private long numberedAtReport;
    private int cycles;
    private long jitter;
    private int lastTransit;

    /// Nobody yet.
    ///
    /// @param announced the SSRC that the answer to SETUP named
    /// @param nowNanos when the track began
    RtpSource(OptionalInt announced, long nowNanos) {
        this.announced = announced;
        this.heardNanos = nowNanos;
    }

    Arrival arrived(RtpPacket packet, long nowNanos) {
        if (!known || packet.source() != source) {
            if (!mayTakeOver(packet.source(), nowNanos)) {
                return Arrival.FOREIGN;
            }
            begin(packet.source());
            heard(packet, nowNanos);
            return Arrival.FIRST;
        }
        var step = (packet.sequence() - expected) & 0xFFFF;
        if (step > 0xFFFF - LONGEST_DELAY) {
            return Arrival.REPEATED;
        }
        var arrival =
                step == 0 ? Arrival.NEXT : step < LONGEST_GAP ? Arrival.AFTER_GAP : Arrival.FIRST;
        if (arrival == Arrival.FIRST) {
            begin(packet.source());
        }
        gap = arrival == Arrival.AFTER_GAP ? step : 0;
        numbered += gap;
        heard(packet, nowNanos);
        return arrival;
    }

    /// How many packets are missing before this one: 0 if none, if it is late, of somebody else, or so
    /// far ahead that nobody can tell.
    int ahead(RtpPacket packet) {
        if (!known || packet.source() != source) {
            return 0;
        }
        var step = (packet.sequence() - expected) & 0xFFFF;
        return step < LONGEST_GAP ? step : 0;
    }

    /// The number that the next packet has.
    int expected() {
        return expected;
    }

    private boolean mayTakeOver(int newcomer, long nowNanos) {
        if (announced.isPresent() && announced.getAsInt() == newcomer) {
            return true;
        }
        var nobodyYet = !known && announced.isEmpty();
        return nobodyYet || nowNanos - heardNanos >= SUCCESSION_NANOS;
    }

    private void begin(int newSource) {
        known = true;
        source = newSource;
        gap = 0;
        cycles = 0;
        received = 0;
        numbered = 0;
        receivedAtReport = 0;
        numberedAtReport = 0;
        jitter = 0;
        lastTransit = 0;
    }

    private void heard(RtpPacket packet, long nowNanos) {
        if (received > 0 && packet.sequence() < ((expected - 1) & 0xFFFF)) {
            cycles++;
        }
        received++;
        numbered++;
        expected = (packet.sequence() + 1) & 0xFFFF;
        heardNanos = nowNanos;
        // RFC 3550 section A.8, in 90 kHz ticks: nanoseconds x 9 / 100,000
        var transit = (int) (nowNanos * 9 / 100_000) - packet.timestamp();
        var difference = received == 1 ? 0 : Math.abs(transit - lastTransit);
        lastTransit = transit;
        jitter += difference - ((jitter + 8) >> 4);
    }

    /// How many packets are missing before the one that arrived last.
    int gap() {
        return gap;
    }

    boolean isKnown() {
        return known;
    }

    /// The sender's SSRC, once it is known.
    int ssrc() {
        return source;
    }

    /// The sender said goodbye: another one may come at once.
    void leave() {
        heardNanos -= SUCCESSION_NANOS;
    }

    /// Of 256 packets, how many were lost since the last report; then the next report begins.
    int lostOf256() {
        var numberedSince = numbered - numberedAtReport;
        var lostSince = numberedSince - (received - receivedAtReport);
        numberedAtReport = numbered;
        receivedAtReport = received;
        return numberedSince <= 0 || lostSince <= 0 ? 0 : (int) (256 * lostSince / numberedSince);
    }

    /// Packets lost since this sender's first, at most what 23 bits hold.
    int lost() {
        return (int) Math.min(numbered - received, 0x7F_FFFF);
    }

    /// The last sequence number, with the count of its wraps above it.
    int highestSequence() {
        return (cycles << 16) | ((expected - 1) & 0xFFFF);
    }

    /// Interarrival jitter in 90 kHz ticks.
    int jitter() {
        return (int) (jitter >> 4);
    }
}
