package org.custodes.store;

import java.time.Instant;
import java.util.Objects;
import org.custodes.media.Codec;
import org.custodes.media.GapCause;
import org.custodes.media.TrackId;

/// What is known when a pack is begun; it becomes the pack's header.
///
/// @param track whose records
/// @param codec of every record in the pack
/// @param era counts the backward steps of the recorder's clock, from 0
/// @param clock how far the recorder's clock can be trusted now
/// @param origin where the records come from
/// @param wallTime the first record's, by the recorder's clock; its UTC day is the pack's day
/// @param sincePrevious why nothing was recorded since the track's last record;
///     [GapCause#CONTINUES] when the pack only goes on after the one before. The store knows better
///     where it ended that one itself (a failed disk, a kill) and then writes its own cause.
public record PackStart(
        TrackId track,
        Codec codec,
        int era,
        ClockState clock,
        Origin origin,
        Instant wallTime,
        GapCause sincePrevious) {

    public PackStart {
        Objects.requireNonNull(track);
        Objects.requireNonNull(codec);
        Objects.requireNonNull(clock);
        Objects.requireNonNull(origin);
        Objects.requireNonNull(wallTime);
        Objects.requireNonNull(sincePrevious);
        if (era < 0) {
            throw new IllegalArgumentException("An era counts from 0, but got %d".formatted(era));
        }
    }
}
