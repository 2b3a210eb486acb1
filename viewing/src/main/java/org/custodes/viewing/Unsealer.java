package org.custodes.viewing;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.custodes.access.Grant;
import org.custodes.access.Seen;
import org.custodes.media.Bytes;
import org.custodes.media.Codec;
import org.custodes.media.CodecConfig;
import org.custodes.media.FramePayload;
import org.custodes.media.TrackId;
import org.custodes.vault.Sealed;
import org.jspecify.annotations.Nullable;

/// Opens the records of one look under its Grant, veils them, and counts what was seen.
///
/// Used by the look's one thread. No camera has masks in this version, so that veiling paints
/// nothing; the mask engine comes in here and nowhere else.
final class Unsealer {
    /// Two frames further apart than this were not watched through: a seek, a gap.
    private static final Duration LONGEST_STEP = Duration.ofSeconds(15);

    private final TrackId track;
    private final Grant grant;
    private @Nullable CodecConfig told;
    private long framesShown;
    private Duration shownFootage = Duration.ZERO;
    private @Nullable Instant lastShown;

    Unsealer(TrackId track, Grant grant) {
        this.track = track;
        this.grant = grant;
    }

    /// The frame in the record.
    ///
    /// @param shown whether it lies in what was asked for
    /// @param discontinuity whether frames are missing before it
    VeiledFrame open(Codec codec, Sealed sealed, boolean shown, boolean discontinuity) {
        var header = sealed.header();
        var picture = FramePayload.decodable(grant.open(sealed));
        var wallTime = wallTimeOf(sealed);
        if (shown) {
            count(wallTime);
        }
        return new VeiledFrame(
                track,
                wallTime,
                header.mediaTime(),
                header.key(),
                header.damaged(),
                shown,
                discontinuity,
                header.key() ? changed(CodecConfig.ofKeyFrame(codec, picture)) : Optional.empty(),
                Bytes.of(picture));
    }

    static Instant wallTimeOf(Sealed sealed) {
        return Instant.EPOCH.plus(sealed.header().wallMicros(), ChronoUnit.MICROS);
    }

    Seen seen() {
        return new Seen(framesShown, shownFootage);
    }

    private Optional<CodecConfig> changed(Optional<CodecConfig> found) {
        if (found.isEmpty() || found.get().equals(told)) {
            return Optional.empty();
        }
        told = found.get();
        return found;
    }

    private void count(Instant wallTime) {
        framesShown++;
        if (lastShown != null) {
            var step = Duration.between(lastShown, wallTime).abs();
            if (step.compareTo(LONGEST_STEP) <= 0) {
                shownFootage = shownFootage.plus(step);
            }
        }
        lastShown = wallTime;
    }
}
