package org.custodes.keeping;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.custodes.media.CameraId;

/// How long storage lasts if recording goes on as it did: judged by what was really recorded, gaps and
/// all, and by nothing that a camera promises.
///
/// @param bytesPerDay of all cameras that are recorded
/// @param freeBytes that recording may still take, without the reserve of the volumes
/// @param fullIn when they are taken, if that is before footage falls due as fast as it comes
/// @param provisional whether a camera has recorded for less than [#ENOUGH]: days and nights differ
/// @param cameras each
public record Forecast(
        long bytesPerDay,
        long freeBytes,
        Optional<Duration> fullIn,
        boolean provisional,
        List<OfCamera> cameras) {

    /// How long a camera has to be recorded before its figures are more than a first guess.
    public static final Duration ENOUGH = Duration.ofHours(24);

    /// Below this nothing is said of a camera.
    static final Duration TOO_LITTLE = Duration.ofHours(1);

    /// Footage goes by whole UTC days: up to one more is there than the retention says.
    private static final Duration WHOLE_DAY = Duration.ofDays(1);

    /// Whether a camera's retention can be kept.
    public enum Verdict {
        KEPT,
        /// Storage is full before the camera's footage is as old as it is to become.
        SHORT,
        /// It has recorded for less than an hour.
        UNKNOWN
    }

    /// One camera.
    ///
    /// @param bytesPerDay what a day of it took
    /// @param basis from its oldest footage to its newest
    /// @param retention how long its footage is to be kept
    /// @param neededBytes that it takes once its footage falls due as fast as it comes
    public record OfCamera(
            CameraId camera,
            long bytesPerDay,
            Duration basis,
            Duration retention,
            long neededBytes,
            Verdict verdict) {}

    /// What a camera has stored, and how long that is to be kept.
    record Kept(CameraStorage storage, Duration retention) {
        Duration basis() {
            return storage.oldest()
                    .flatMap(oldest ->
                            storage.newest().map(newest -> Duration.between(oldest, newest)))
                    .filter(span -> !span.isNegative())
                    .orElse(Duration.ZERO);
        }

        boolean tellsEnough() {
            return basis().compareTo(TOO_LITTLE) >= 0;
        }

        /// It records, but not for long enough to know its usual day. A camera that never did says nothing.
        boolean isTooYoung() {
            return !basis().isZero() && basis().compareTo(ENOUGH) < 0;
        }

        double bytesPerSecond() {
            return tellsEnough() ? (double) storage.bytesPerDay() / WHOLE_DAY.toSeconds() : 0;
        }

        /// Until its footage falls due as fast as it comes.
        Duration growsFor() {
            var left = retention.plus(WHOLE_DAY).minus(basis());
            return left.isNegative() ? Duration.ZERO : left;
        }
    }

    public Forecast {
        cameras = List.copyOf(cameras);
    }

    /// @param free bytes that recording may still take
    static Forecast of(List<Kept> kept, long free) {
        var fullIn = fullIn(kept, free);
        var cameras = new ArrayList<OfCamera>();
        for (var camera : kept) {
            cameras.add(
                    new OfCamera(
                            camera.storage().camera(),
                            camera.tellsEnough() ? camera.storage().bytesPerDay() : 0,
                            camera.basis(),
                            camera.retention(),
                            Math.round(
                                    camera.bytesPerSecond()
                                            * camera.retention().plus(WHOLE_DAY).toSeconds()),
                            verdict(camera, fullIn)));
        }
        return new Forecast(
                cameras.stream().mapToLong(OfCamera::bytesPerDay).sum(),
                free,
                fullIn,
                kept.stream().anyMatch(Kept::isTooYoung),
                cameras);
    }

    private static Verdict verdict(Kept camera, Optional<Duration> fullIn) {
        if (!camera.tellsEnough()) {
            return Verdict.UNKNOWN;
        }
        return fullIn.filter(full -> full.compareTo(camera.growsFor()) < 0).isPresent()
                ? Verdict.SHORT
                : Verdict.KEPT;
    }

    /// Every camera's footage grows by its rate until it falls due as fast as it comes: walked from one
    /// such moment to the next.
    private static Optional<Duration> fullIn(List<Kept> kept, long free) {
        var growing = new ArrayList<>(kept);
        growing.sort(Comparator.comparing(Kept::growsFor));
        var rate = growing.stream().mapToDouble(Kept::bytesPerSecond).sum();
        var left = (double) Math.max(0, free);
        var at = 0.0;
        for (var camera : growing) {
            var until = (double) camera.growsFor().toSeconds();
            var growth = rate * (until - at);
            if (rate > 0 && growth > left) {
                return Optional.of(Duration.ofSeconds(Math.round(at + left / rate)));
            }
            left -= growth;
            at = until;
            rate -= camera.bytesPerSecond();
        }
        return Optional.empty();
    }
}
