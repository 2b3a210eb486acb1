package org.custodes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What a recorder has after weeks: footage of days gone by on a volume of its own, and the data folder
/// that knows its cameras and holds its keys. Nobody is enrolled in it yet.
///
/// @param folder where all of it lies
/// @param shape how much there is
/// @param port at which the recorder looks for its cameras
/// @param lastDay the newest day that has footage
/// @param cameras their ids, in the order of their numbers
/// @param places where whole GOPs of the real film lie
record Archive(
        Path folder,
        Shape shape,
        int port,
        LocalDate lastDay,
        List<UUID> cameras,
        List<Place> places) {

    private static final String MANIFEST = "archive.json";

    /// How much there is of what.
    record Shape(Kind kind, int cameras, int days) {

        String told() {
            return "%s archive of %d cameras x %d days (%s)"
                    .formatted(
                            kind.name().toLowerCase(java.util.Locale.ROOT),
                            cameras,
                            days,
                            kind.told);
        }
    }

    /// What an archive is made for. Weeks at full rate would be terabytes, so each leaves out what its
    /// benches do not touch; `docs/benchmarks.md` says what.
    enum Kind {
        /// To be looked up and looked at: each camera has some days with all their key frames and some
        /// whole GOPs, and on the others packs, gaps and next to no frames.
        WHOLE("up to 4 days per camera with all key frames and 4 whole GOPs each, else sparse"),
        /// To be started beside: what a start may look at is there.
        KEPT("the last day with all key frames, earlier days with one pack each");

        private final String told;

        Kind(String told) {
            this.told = told;
        }
    }

    /// Where a whole GOP of the real film lies.
    ///
    /// @param camera its place in [Archive#cameras()]
    /// @param key when its key frame was recorded
    /// @param gop which of the film's GOPs it is, from 0
    record Place(int camera, Instant key, int gop) {}

    Archive {
        cameras = List.copyOf(cameras);
        places = List.copyOf(places);
    }

    /// What is given to a recorder as one more volume; it changes nothing there.
    Path volume() {
        return volumeIn(folder);
    }

    static Path volumeIn(Path folder) {
        return folder.resolve("footage");
    }

    /// Gives a recorder that is to run in `place` its data folder and its root key.
    void putInto(Path place) {
        BenchRecorder.copy(folder, place);
    }

    /// Says that the archive is whole. Written aside and renamed, last of all.
    ///
    /// @param key what it was made from
    void keep(String key) {
        var manifest = new LinkedHashMap<String, Object>();
        manifest.put("key", key);
        manifest.put("port", port);
        manifest.put("lastDay", lastDay.toString());
        manifest.put("cameras", cameras.stream().map(UUID::toString).toList());
        manifest.put(
                "places",
                places.stream()
                        .map(place ->
                                List.of(
                                        place.camera(),
                                        ChronoUnit.MICROS.between(Instant.EPOCH, place.key()),
                                        place.gop()))
                        .toList());
        try {
            var aside = folder.resolve(MANIFEST + ".new");
            Files.writeString(aside, ApiClient.JSON.writeValueAsString(manifest));
            Files.move(aside, folder.resolve(MANIFEST), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether a whole archive that was made from `key` lies in a folder.
    static boolean isIn(Path folder, String key) {
        try {
            return Files.exists(folder.resolve(MANIFEST))
                    && manifestIn(folder).path("key").asString("").equals(key);
        } catch (JacksonException notOurs) {
            return false;
        }
    }

    /// The archive in a folder.
    static Archive in(Path folder, Shape shape) {
        var manifest = manifestIn(folder);
        var cameras = new ArrayList<UUID>();
        for (var camera : manifest.path("cameras")) {
            cameras.add(UUID.fromString(camera.asString()));
        }
        var places = new ArrayList<Place>();
        for (var place : manifest.path("places")) {
            places.add(
                    new Place(
                            place.path(0).asInt(),
                            Instant.EPOCH.plus(place.path(1).asLong(), ChronoUnit.MICROS),
                            place.path(2).asInt()));
        }
        return new Archive(
                folder,
                shape,
                manifest.path("port").asInt(),
                LocalDate.parse(manifest.path("lastDay").asString()),
                cameras,
                places);
    }

    private static JsonNode manifestIn(Path folder) {
        try {
            return ApiClient.JSON.readTree(Files.readString(folder.resolve(MANIFEST)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
