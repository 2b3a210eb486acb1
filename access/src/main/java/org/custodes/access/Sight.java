package org.custodes.access;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.custodes.media.CameraId;

/// What somebody can see of a camera at some moment.
///
/// @param live what stands against a live look; nothing: they may
/// @param playback what stands against a look back, even at the youngest footage; nothing: they may
/// @param from from when on they may look back; empty if they may not
public record Sight(
        PersonId person,
        String name,
        CameraId camera,
        List<Reason> live,
        List<Reason> playback,
        Optional<Instant> from) {

    public Sight {
        Objects.requireNonNull(person);
        Objects.requireNonNull(name);
        Objects.requireNonNull(camera);
        live = List.copyOf(live);
        playback = List.copyOf(playback);
        Objects.requireNonNull(from);
    }

    /// Whether they can see anything of it, if they say why where their role asks.
    public boolean any() {
        return isAllowedForAReason(live) || isAllowedForAReason(playback);
    }

    private static boolean isAllowedForAReason(List<Reason> against) {
        return against.stream()
                .allMatch(
                        reason -> reason == Reason.PURPOSE_NEEDED || reason == Reason.CASE_NEEDED);
    }
}
