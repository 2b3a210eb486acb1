package org.custodes.rtsp;

import java.time.Instant;

/// What an RTCP sender report says of a sender's clocks (RFC 3550 section 6.4.1).
///
/// @param source the sender's SSRC
/// @param ntpSeconds its wall clock: seconds since 1900, or since 2036 with the top bit clear
/// @param ntpFraction the fraction of that second in 2^-32
/// @param timestamp the same moment on its media clock
record SenderReport(int source, long ntpSeconds, long ntpFraction, int timestamp) {
    /// Seconds from 1900 to 1970.
    private static final long NTP_TO_UNIX = 2_208_988_800L;

    private static final long TOP_BIT = 0x8000_0000L;

    /// Reads a report's body (behind its common header) at `offset`.
    static SenderReport read(byte[] bytes, int offset) {
        return new SenderReport(
                BigEndian.i32(bytes, offset),
                BigEndian.u32(bytes, offset + 4),
                BigEndian.u32(bytes, offset + 8),
                BigEndian.i32(bytes, offset + 12));
    }

    /// A camera without a clock sends zeros.
    boolean tellsTime() {
        return ntpSeconds != 0 || ntpFraction != 0;
    }

    /// The wall clock, its era chosen as RFC 4330 section 3 does: the top bit is clear from 2036 on.
    Instant instant() {
        var era = (ntpSeconds & TOP_BIT) == 0 ? 1L << 32 : 0;
        return Instant.ofEpochSecond(
                era + ntpSeconds - NTP_TO_UNIX, (ntpFraction * 1_000_000_000) >>> 32);
    }

    /// The middle 32 bits of the NTP time, by which a receiver report names this one.
    int shortTime() {
        return (int) ((ntpSeconds << 16) | (ntpFraction >>> 16));
    }
}
