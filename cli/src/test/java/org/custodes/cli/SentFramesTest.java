package org.custodes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.custodes.media.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A camera whose clip of two frames, four seconds each, goes round.
class SentFramesTest {
    private static final byte[] FIRST = "the first picture".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SECOND = "the second picture".getBytes(StandardCharsets.UTF_8);
    private static final Instant BEGAN = Instant.parse("2026-11-29T02:01:00Z");

    @TempDir Path place;
    private SentFrames sent;

    @BeforeEach
    void four_frames_were_sent() throws IOException {
        var lines = new StringBuilder();
        for (var number = 0; number < 4; number++) {
            var crc = new CRC32C();
            crc.update(number % 2 == 0 ? FIRST : SECOND);
            var micros = BEGAN.plusSeconds(4L * number).toEpochMilli() * 1_000;
            lines.append("%d,%d,%08x%n".formatted(number, micros, crc.getValue()));
        }
        sent = SentFrames.of(Files.writeString(place.resolve("camera.log"), lines));
    }

    @Test
    void a_frame_is_the_last_one_with_its_bytes_that_was_sent_before_it_arrived() {
        assertThat(sent.number(Bytes.of(FIRST), BEGAN.plusMillis(7_400))).hasValue(0);
        assertThat(sent.number(Bytes.of(FIRST), BEGAN.plusMillis(8_001))).hasValue(2);
        assertThat(sent.number(Bytes.of(SECOND), BEGAN.plusMillis(8_001))).hasValue(1);
        assertThat(sent.number(Bytes.of(new byte[3]), BEGAN.plusMillis(8_001))).isEmpty();
    }

    /// It once was taken for the one of the round before, and what lay between was called lost.
    @Test
    void a_recorder_whose_clock_is_behind_does_not_make_it_an_older_one() {
        assertThat(sent.number(Bytes.of(FIRST), BEGAN.plusMillis(7_996))).hasValue(2);
    }

    /// It once was taken for the next one, and what lay between was called lost.
    @Test
    void nor_a_younger_one_if_the_same_bytes_follow_soon() throws IOException {
        var crc = new CRC32C();
        crc.update(FIRST);
        var began = BEGAN.toEpochMilli() * 1_000;
        var twice =
                SentFrames.of(
                        Files.writeString(
                                place.resolve("twice.log"),
                                "0,%d,%08x%n1,%d,%08x%n"
                                        .formatted(
                                                began,
                                                crc.getValue(),
                                                began + 360_000,
                                                crc.getValue())));

        assertThat(twice.number(Bytes.of(FIRST), BEGAN.plusMillis(1))).hasValue(0);
        assertThat(twice.number(Bytes.of(FIRST), BEGAN.plusMillis(361))).hasValue(1);
    }
}
