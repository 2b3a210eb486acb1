package org.custodes.server;

import static org.custodes.server.Route.get;
import static org.custodes.server.Routes.API;
import static org.custodes.server.Who.having;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.custodes.keeping.Forecast;
import org.custodes.rights.Right;

/// How long storage lasts.
final class StorageRoutes {
    /// @param basisHours of footage that the figures were made of
    /// @param neededBytes that it takes once its footage falls due as fast as it comes
    /// @param verdict `kept`, `short`, or `unknown` while there is less than an hour of footage
    record CameraForecastView(
            UUID camera,
            long bytesPerDay,
            double basisHours,
            long retentionHours,
            long neededBytes,
            String verdict) {
        static CameraForecastView of(Forecast.OfCamera camera) {
            return new CameraForecastView(
                    camera.camera().value(),
                    camera.bytesPerDay(),
                    camera.basis().toMinutes() / 60.0,
                    camera.retention().toHours(),
                    camera.neededBytes(),
                    Json.word(camera.verdict()));
        }
    }

    /// @param fullAt absent if storage suffices
    /// @param provisional whether a camera has less than a day of footage
    record ForecastView(
            long bytesPerDay,
            long freeBytes,
            Optional<Instant> fullAt,
            boolean provisional,
            List<CameraForecastView> cameras) {}

    private final Rooms rooms;
    private final InstantSource clock;

    StorageRoutes(Rooms rooms, InstantSource clock) {
        this.rooms = rooms;
        this.clock = clock;
    }

    List<Route<?>> list() {
        return List.of(
                get(API + "/storage", having(Right.SEE_SYSTEM))
                        .says("How long storage lasts if recording goes on as it did.")
                        .answers(ForecastView.class)
                        .polled()
                        .by(_ -> Reply.ok(view(forecast()))));
    }

    private Forecast forecast() {
        // Two volumes on one file system have the same room, not twice as much.
        var free =
                rooms.facts().volumes().stream()
                        .map(volume ->
                                List.of(
                                        volume.totalBytes(),
                                        volume.usableBytes(),
                                        volume.reserveBytes()))
                        .distinct()
                        .mapToLong(volume -> Math.max(0, volume.get(1) - volume.get(2)))
                        .sum();
        return rooms.keeping().forecast(rooms.register().cameras(), free);
    }

    private ForecastView view(Forecast forecast) {
        return new ForecastView(
                forecast.bytesPerDay(),
                forecast.freeBytes(),
                forecast.fullIn().map(clock.instant()::plus),
                forecast.provisional(),
                forecast.cameras().stream().map(CameraForecastView::of).toList());
    }
}
