package org.custodes.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.media.TrackId;
import org.custodes.register.AddressRules.Allowance;
import org.custodes.register.NewCamera;
import org.custodes.signals.Signals;
import org.custodes.simulator.Clip;
import org.custodes.store.Store;
import org.custodes.store.StoreSettings;
import org.custodes.vault.RootKey;
import org.custodes.vault.Vault;

/// Archives for benches. One that was made today is used again: its days are those before today, and
/// tomorrow the first of them will have outlived its retention.
final class Archives {
    /// Raised when what is filled in changes.
    private static final int VERSION = 1;

    /// The longest that a camera's footage may be kept.
    private static final int RETENTION_HOURS = 720;

    private static final int PORTS_FROM = 18_000;
    private static final int PORTS = 10_000;

    private final Path place;
    private final Film film;
    private final Consumer<String> progress;

    /// What an archive's GOPs are taken from.
    ///
    /// @param hash of the file
    record Film(Clip clip, String hash) {}

    /// @param place a folder of our own; a subfolder per shape
    /// @param progress is told a line when an archive is being made
    Archives(Path place, Film film, Consumer<String> progress) {
        this.place = place;
        this.film = film;
        this.progress = progress;
    }

    /// The archive of that shape, made first if there is none of today.
    Archive of(Archive.Shape shape) {
        var folder =
                place.resolve(
                        "%s-%dx%d"
                                .formatted(
                                        shape.kind().name().toLowerCase(Locale.ROOT),
                                        shape.cameras(),
                                        shape.days()));
        var today = LocalDate.now(ZoneOffset.UTC);
        var key =
                "archive %d of version %s, up to %s, from %s"
                        .formatted(VERSION, Main.Version.NUMBER, today, film.hash());
        if (Archive.isIn(folder, key)) {
            return Archive.in(folder, shape);
        }
        progress.accept(
                "Making the %s (once a day). It lies in %s.".formatted(shape.told(), folder));
        var begun = System.nanoTime();
        FolderTree.remove(folder);
        var archive = make(folder, shape, today.minusDays(1));
        archive.keep(key);
        progress.accept(
                "That took %d s."
                        .formatted(Duration.ofNanos(System.nanoTime() - begun).toSeconds()));
        return archive;
    }

    private Archive make(Path folder, Archive.Shape shape, LocalDate lastDay) {
        var port = freePort();
        var cameras = register(folder, shape.cameras(), port);
        var tracks =
                cameras.stream()
                        .map(camera -> new TrackId(new CameraId(camera), 0, MediaClass.ORIGINAL))
                        .toList();
        var clock = new ClockInHand();
        try (var vault =
                        Vault.open(
                                List.of(BenchRecorder.dataIn(folder).resolve("keys")),
                                RootKey.file(BenchRecorder.rootKeyIn(folder)),
                                new SecureRandom());
                var store =
                        Store.inTurns(
                                StoreSettings.of(
                                        List.of(Archive.volumeIn(folder)), vault.installation()),
                                new Signals(),
                                clock,
                                new SecureRandom(),
                                clock)) {
            var filling = new ArchiveFilling(vault, store, clock, film.clip(), shape);
            var places = filling.fill(tracks, lastDay);
            return new Archive(folder, shape, port, lastDay, cameras, places);
        }
    }

    /// Opens a house once, as `serve` does, for its database, its keys and its cameras.
    private static List<UUID> register(Path folder, int count, int port) {
        var settings =
                new HouseSettings(
                        BenchRecorder.dataIn(folder),
                        List.of(),
                        List.of(),
                        RootKey.file(BenchRecorder.rootKeyIn(folder)),
                        false,
                        EnumSet.of(Allowance.LOOPBACK),
                        InetAddress.getLoopbackAddress(),
                        0,
                        "localhost",
                        Optional.empty());
        var cameras = new ArrayList<UUID>();
        try (var house = House.open(settings)) {
            FirstSite.ensure(house, "First site", "not named yet");
            // Has the tables made, which a first start has to do and later ones have not.
            if (house.access().enrolled()) {
                throw new IllegalStateException("Somebody is enrolled in a new folder");
            }
            for (var number = 1; number <= count; number++) {
                cameras.add(house.addCamera(camera(number, port), "for a bench").value());
            }
        }
        return cameras;
    }

    private static NewCamera camera(int number, int port) {
        return new NewCamera(
                "Bench " + number,
                Optional.empty(),
                "rtsp://127.0.0.1:%d/camera-%d".formatted(port, number),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "To measure the recorder.",
                "indoor",
                Optional.of(RETENTION_HOURS));
    }

    /// Below those that the system gives to connections, so that it is still free tomorrow.
    private static int freePort() {
        var random = new Random();
        for (var attempt = 0; attempt < 100; attempt++) {
            var port = PORTS_FROM + random.nextInt(PORTS);
            try (var socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (IOException taken) {
                // The next one, then.
            }
        }
        throw new CannotStartException(
                "No port for simulated cameras is free between %d and %d."
                        .formatted(PORTS_FROM, PORTS_FROM + PORTS - 1));
    }
}
