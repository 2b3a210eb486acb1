package org.custodes.rtsp;

import java.time.Duration;

/// How long a session waits and how much it takes.
///
/// @param connectTimeout for the TCP connection
/// @param answerTimeout for each answer while a session is opened
/// @param silence without a single video packet after which a stream counts as ended
/// @param reportEvery how often a receiver report goes to the camera
/// @param mostFrameBytes the longest access unit that is taken
public record RtspSettings(
        Duration connectTimeout,
        Duration answerTimeout,
        Duration silence,
        Duration reportEvery,
        int mostFrameBytes) {

    /// 5 s for each wait, a report every 5 s, access units of up to 8 MiB.
    public static final RtspSettings DEFAULT =
            new RtspSettings(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    8 * 1024 * 1024);

    public RtspSettings {
        check("connectTimeout", connectTimeout);
        check("answerTimeout", answerTimeout);
        check("silence", silence);
        check("reportEvery", reportEvery);
        if (mostFrameBytes < 1_024 || mostFrameBytes > 64 * 1024 * 1024) {
            throw new IllegalArgumentException(
                    "mostFrameBytes is 1 KiB to 64 MiB, but got %d".formatted(mostFrameBytes));
        }
    }

    private static void check(String name, Duration duration) {
        if (duration.compareTo(Duration.ofMillis(1)) < 0
                || duration.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "%s is 1 ms to 1 h, but got %s".formatted(name, duration));
        }
    }

    /// These settings, none of their waits longer than `most`.
    RtspSettings within(Duration most) {
        return new RtspSettings(
                shorter(connectTimeout, most),
                shorter(answerTimeout, most),
                shorter(silence, most),
                reportEvery,
                mostFrameBytes);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
